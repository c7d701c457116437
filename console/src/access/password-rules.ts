/** What makes a password good, as far as it can be told while typing; the server also knows the common ones. */
export const passwordRules = (password: string, email: string) => [
  {
    rule: "At least 12 characters",
    isMet: Array.from(password).length >= 12,
  },
  {
    rule: "Not your e-mail address",
    isMet: password !== "" && password.toLowerCase() !== email.trim().toLowerCase(),
  },
];

export const isGoodPassword = (password: string, email: string): boolean =>
  passwordRules(password, email).every(({ isMet }) => isMet);

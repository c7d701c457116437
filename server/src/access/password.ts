import { hash, verify } from "@node-rs/argon2";
import { invalid } from "#http";

const shortest = 12;
const longest = 256;

/** Those of the most common passwords that are long enough to pass otherwise (SecLists and yearly reports agree). */
const common = new Set([
  "111111111111",
  "000000000000",
  "123123123123",
  "123456123456",
  "123456789012",
  "1234567890123",
  "12345678910",
  "123456789123",
  "1234567891011",
  "12345678901234567890",
  "0123456789012",
  "1234567890qwerty",
  "1q2w3e4r5t6y",
  "1qaz2wsx3edc",
  "1qaz2wsx3edc4rfv",
  "administrator",
  "administrator1",
  "aaaaaaaaaaaa",
  "abcdefghijkl",
  "abcdefghijklmnop",
  "adminadminadmin",
  "changemechangeme",
  "changemeplease",
  "correcthorsebatterystaple",
  "iloveyouiloveyou",
  "letmeinletmein",
  "passw0rdpassw0rd",
  "password1234",
  "password12345",
  "password123456",
  "password123!",
  "passwordpassword",
  "qazwsxedcrfv",
  "q1w2e3r4t5y6",
  "qwerty123456",
  "qwertyqwerty",
  "qwertyuiop12",
  "qwertyuiop123",
  "qwertyuiopasdfghjkl",
  "welcome12345",
]);

/**
 * NIST SP 800-63B: length instead of composition rules.
 * @throws HttpError 400 with what to do about it
 */
export const requireGoodPassword = (password: string, email: string, path = "password"): void => {
  const problem = problemWith(password, email);
  if (problem !== undefined)
    throw invalid("That password cannot be used", `The password ${problem}.`, [
      { path, message: problem },
    ]);
};

const problemWith = (password: string, email: string): string | undefined => {
  const folded = password.normalize("NFKC").toLowerCase();
  const length = Array.from(password).length;
  if (length < shortest) return `must have at least ${shortest} characters`;
  if (length > longest) return `must have at most ${longest} characters`;
  if (folded === email.trim().toLowerCase()) return "must not be the e-mail address";
  if (common.has(folded)) return "is one of the first that anybody would try: choose another";
  return undefined;
};

/** OWASP's first choice for argon2id (the library's default algorithm): 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// The same characters can come as different code points from different keyboards.
export const hashPassword = (password: string): Promise<string> =>
  hash(password.normalize("NFKC"), cost);

/** What nobody's password is checked against, so that an unknown address takes as long to refuse as a known one. */
export const nobodysHash = await hashPassword("nobody has this password");

/** Whether it is the password; an account without one (`undefined`) takes as long to say no. */
export const verifyPassword = async (
  passwordHash: string | undefined,
  password: string,
): Promise<boolean> => {
  const isRight = await verify(passwordHash ?? nobodysHash, password.normalize("NFKC"));
  return isRight && passwordHash !== undefined;
};

/** The tabs of a connection's page in their order, by the names that its address has for them. */
export const connectionTabs = [
  { value: "connect", label: "Connect" },
  { value: "doctor", label: "Setup doctor" },
  { value: "roles", label: "Roles" },
  { value: "attributes", label: "Attributes" },
  { value: "safeguards", label: "Safeguards" },
  { value: "behaviour", label: "Behaviour" },
] as const;

export type ConnectionTab = (typeof connectionTabs)[number]["value"];

/** The tab an address asks for; the first where it asks for none that is there. Pure. */
export const tabOf = (asked: string | undefined): ConnectionTab =>
  connectionTabs.find(({ value }) => value === asked)?.value ?? "connect";

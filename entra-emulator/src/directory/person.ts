import type { GraphReference, GraphUser } from "./model.ts";
import { cultures, spellMailbox } from "./names.ts";
import type { Culture, Department } from "./names.ts";
import type { Chance } from "./random.ts";

export type Hiring = {
  readonly department: Department;
  readonly title?: string;
  readonly manager?: GraphReference;
  /** The employee number; also keeps namesakes apart. */
  readonly number: number;
  readonly isMailboxTaken: (mailbox: string) => boolean;
};

export const domain = "contoso.test";

/** Makes up one employee: takes chance and the circumstances of the hiring, gives the Graph user. */
export function hirePerson(chance: Chance, hiring: Hiring): GraphUser {
  const culture: Culture = chance.pick(cultures);
  const givenName = chance.pick(culture.given);
  const surname = chance.pick(culture.family);
  const [city, state, postalCode] = chance.pick(culture.cities);
  const mailbox = chooseMailbox(spellMailbox(givenName, surname), hiring);
  const line = (): string => `${100 + chance.below(900)} ${1000 + chance.below(9000)}`;
  return {
    id: chance.uuid(),
    userPrincipalName: `${mailbox}@${domain}`,
    displayName: `${givenName} ${surname}`,
    givenName,
    surname,
    mail: `${mailbox}@${domain}`,
    mailNickname: mailbox,
    jobTitle: hiring.title ?? chance.pick(hiring.department.titles),
    department: hiring.department.name,
    employeeId: `E-${String(hiring.number).padStart(5, "0")}`,
    officeLocation: `${city} ${1 + chance.below(9)}.${10 + chance.below(40)}`,
    businessPhones: [`${culture.phone} ${line()}`],
    mobilePhone: chance.happens(0.7) ? `${culture.phone} ${line()}` : null,
    faxNumber: null,
    streetAddress: `${1 + chance.below(120)} Harbour Street`,
    city,
    state,
    postalCode,
    country: culture.country,
    preferredLanguage: culture.language,
    accountEnabled: true,
    userType: "Member",
    manager: hiring.manager ?? null,
  };
}

function chooseMailbox(plain: string, hiring: Hiring): string {
  if (!hiring.isMailboxTaken(plain)) return plain;
  for (let suffix = 2; ; suffix += 1) {
    const candidate = `${plain}${suffix}`;
    if (!hiring.isMailboxTaken(candidate)) return candidate;
  }
}

import { openClient, type Ask } from "../load/client.ts";
import { idOf } from "../load/perform.ts";
import { asks } from "../traffic/asks.ts";
import { active, type Participant, type Run } from "./run.ts";

const adds = 30;

/** Ten attributes of one person, each changed by another client at the same moment. */
const attributes = [
  "displayName",
  "title",
  "nickName",
  "preferredLanguage",
  "locale",
  "timezone",
  "userType",
  "name.givenName",
  "name.familyName",
  "name.middleName",
];

const values: Record<string, string> = {
  preferredLanguage: "pt-PT",
  locale: "pt-PT",
  timezone: "Europe/Lisbon",
};

/** Thirty parallel adds of one member each, and ten parallel PATCHes of one person: how many were kept, how many refused? */
export const race = async (run: Run): Promise<void> => {
  for (const participant of active(run)) {
    const members = await raceForMembers(run, participant);
    const patches = await raceForPatches(participant);
    run.facts.push({
      contender: participant.contender.name,
      topic: "race",
      people: run.level,
      values: { ...members, ...patches },
    });
  }
};

const raceForMembers = async (run: Run, participant: Participant) => {
  const [created] = await together(participant, [asks.createGroup(`Race ${run.level}`)]);
  const groupId = idOf(created!);
  const chosen = participant.people.slice(0, adds);
  const answers = await together(
    participant,
    chosen.map((id) => asks.members(groupId, "Add", [id])),
  );
  const [read] = await together(participant, [asks.readGroup(groupId)]);
  const group = JSON.parse(read!.body.toString()) as { members?: { value: string }[] };
  const stored = new Set(group.members?.map(({ value }) => value));
  return {
    addsStored: `${chosen.filter((id) => stored.has(id)).length} of ${adds}`,
    addsRefused: answers.filter(({ status }) => status >= 400).length,
  };
};

const raceForPatches = async (participant: Participant) => {
  const id = participant.people.at(-1) as string;
  const answers = await together(
    participant,
    attributes.map((path) => asks.replace(id, path, values[path] ?? `Raced ${path}`)),
  );
  const [read] = await together(participant, [asks.read(id)]);
  const person = JSON.parse(read!.body.toString()) as Record<string, unknown>;
  const kept = attributes.filter((path) => {
    const [first = "", second] = path.split(".");
    const value =
      second === undefined ? person[first] : (person[first] as Record<string, unknown>)?.[second];
    return value === (values[path] ?? `Raced ${path}`);
  });
  return {
    patchesStored: `${kept.length} of ${attributes.length}`,
    patchesRefused: answers.filter(({ status }) => status >= 400).length,
  };
};

/** Each on a connection of its own, all at once. */
const together = async ({ running }: Participant, all: readonly Ask[]) => {
  const clients = all.map(() => openClient(running));
  try {
    return await Promise.all(all.map((ask, at) => clients[at]!.send(ask)));
  } finally {
    for (const client of clients) client.close();
  }
};

import { defineCheck, inEntra } from "../check.ts";
import { count } from "../words.ts";

/** Whether groups arrive, and give access. */
export const groups = [
  defineCheck({
    id: "groups",
    title: "First group",
    meaning:
      "Roles follow groups, and rules by attribute. Whom none takes gets the default access role, or waits in the lobby. Entra sends direct members only.",
    clicks: [...inEntra.usersAndGroups, "Add user/group"],
    isChoice: true,
    reads: ["firstGroup", "firstUser"],
    judge: ({ firstGroup, firstUser }) => {
      if (firstGroup !== null)
        return {
          state: "done",
          sentence: `Groups arrive. ${firstGroup.name} came first.`,
          evidence: [{ kind: "group", id: firstGroup.id, text: firstGroup.name }],
        };
      return firstUser === null
        ? { state: "unknown", sentence: "Groups come after people." }
        : { state: "todo", sentence: "No groups have arrived." };
    },
  }),
  defineCheck({
    id: "group-mappings",
    title: "Group mappings",
    meaning: "A group without a mapping gives its members nothing.",
    clicks: ["Muster", "SCIM", "Roles", "Role assignment rules", "Choose an access role"],
    isChoice: true,
    reads: ["attributeRules", "census", "firstGroup", "hasLobby", "mappedGroups", "unmappedGroups"],
    judge: ({ attributeRules, census, firstGroup, hasLobby, mappedGroups, unmappedGroups }) => {
      if (firstGroup === null)
        return { state: "unknown", sentence: "Known once groups have arrived." };
      const evidence = unmappedGroups.map(
        ({ id, name }) => ({ kind: "group", id, text: name }) as const,
      );
      if (mappedGroups === 0)
        return {
          state: "todo",
          sentence: `No group is mapped: ${whoIsLeft(attributeRules)} ${hasLobby ? "waits in the lobby" : "has the default access role"}.`,
          evidence,
        };
      const unmapped = Math.max((census?.groups ?? 0) - mappedGroups, unmappedGroups.length);
      return unmappedGroups.length === 0
        ? { state: "done", sentence: "Every group is mapped." }
        : {
            state: "todo",
            sentence: `${count(unmapped, "group has", "groups have")} no mapping. Map them, or mute this if only some should give a role.`,
            evidence,
          };
    },
  }),
];

/** Whom the default is left for, where no group gives a role. */
const whoIsLeft = (attributeRules: number): string =>
  attributeRules === 0
    ? "everybody"
    : `${count(attributeRules, "rule by attribute decides", "rules by attribute decide")}, and everybody else`;

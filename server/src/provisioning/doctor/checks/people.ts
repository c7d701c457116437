import { defineCheck, inEntra, type Evidence } from "../check.ts";
import type { NamedSome } from "../facts.ts";
import { count } from "../words.ts";

const softDeleted = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")';
const createdDisabled =
  "People are created Disabled. Entra never sends those whom IsSoftDeleted covers, so active seems to come from accountEnabled.";
const neverDisabled =
  "Somebody was deleted without having been Disabled first. With IsSoftDeleted Entra disables at once and deletes after 30 days.";
const later = { state: "unknown", sentence: "Known once people have arrived." } as const;

/** Whether the people arrive, and with what Muster needs of them. */
export const people = [
  defineCheck({
    id: "people",
    title: "First user",
    meaning: "People come with the first provisioning cycle, or one at a time on demand.",
    clicks: [...inEntra.usersAndGroups, "Add user/group"],
    isChoice: false,
    reads: ["firstUser", "firstRequestAt"],
    judge: ({ firstUser, firstRequestAt }) => {
      if (firstUser !== null)
        return {
          state: "done",
          sentence: `People arrive. ${firstUser.name} came first.`,
          evidence: [{ kind: "person", id: firstUser.id, text: firstUser.name }],
        };
      return {
        state: "todo",
        sentence:
          firstRequestAt === null
            ? "Nobody has arrived yet."
            : "Nobody has arrived yet. Assign people and groups, then start provisioning: a cycle runs every 20 to 40 minutes.",
      };
    },
  }),
  defineCheck({
    id: "matching",
    title: "Matching attribute",
    meaning:
      "It is how Entra finds somebody again. userName follows a new address; externalId from objectId never changes.",
    clicks: [...inEntra.userMapping, "userName", "Matching precedence"],
    isChoice: true,
    reads: ["sightings"],
    judge: ({ sightings }) => {
      const seen = (["userName", "externalId", "mail"] as const).flatMap((by) => {
        const at = sightings[`matched-by-${by}`]?.lastAt;
        return at === undefined ? [] : [{ by, at }];
      });
      const [latest] = seen.toSorted((one, other) => other.at.getTime() - one.at.getTime());
      if (latest === undefined)
        return { state: "unknown", sentence: "Known once Entra has looked for somebody." };
      if (latest.by === "mail")
        return {
          state: "warning",
          sentence:
            "People are matched by e-mail address. Whoever has none is skipped by Entra, and a new address makes somebody a stranger: match by userName or externalId.",
        };
      return { state: "done", sentence: `Entra matches people by ${latest.by}.` };
    },
  }),
  defineCheck({
    id: "active",
    title: "active is mapped",
    meaning: "Without it nobody ever becomes Disabled.",
    clicks: [...inEntra.userMapping, "Add New Mapping", `Expression ${softDeleted} → active`],
    isChoice: false,
    reads: ["sightings", "firstUser"],
    judge: ({ sightings, firstUser }) => {
      const [sent, missing] = [sightings["active-sent"], sightings["active-missing"]];
      if (sent === undefined && missing === undefined)
        return firstUser === null
          ? later
          : { state: "unknown", sentence: "Known with the next person who arrives or leaves." };
      if (missing !== undefined && (sent === undefined || missing.lastAt > sent.lastAt))
        return {
          state: "warning",
          sentence: "active is not mapped: people arrive without it.",
          evidence: entryOf(missing.entryId, "Somebody without active"),
        };
      return { state: "done", sentence: "People arrive with it." };
    },
  }),
  defineCheck({
    id: "soft-deleted",
    title: "active comes from IsSoftDeleted",
    meaning:
      "IsSoftDeleted is also true for people who are unassigned or out of scope; accountEnabled misses them, and they keep their access.",
    clicks: [...inEntra.userMapping, "active", `Expression: ${softDeleted}`],
    isChoice: true,
    reads: ["sightings", "census"],
    judge: ({ sightings, census }) => {
      const {
        disabled,
        "created-disabled": bornDisabled,
        "deleted-active": deletedActive,
      } = sightings;
      if (census !== undefined && census.users > 1 && census.activeUsers === 0)
        return {
          state: "warning",
          sentence: `All ${census.users.toLocaleString("en")} people are Disabled: the expression for active is the wrong way round.`,
        };
      const suspicious = [
        [bornDisabled, "Somebody created Disabled", createdDisabled],
        [deletedActive, "The deletion", neverDisabled],
      ] as const;
      const [latest] = suspicious
        .flatMap(([sighting, text, sentence]) =>
          sighting === undefined || (disabled !== undefined && disabled.lastAt >= sighting.lastAt)
            ? []
            : [{ ...sighting, text, sentence }],
        )
        .toSorted((one, other) => other.lastAt.getTime() - one.lastAt.getTime());
      if (latest !== undefined)
        return {
          state: "warning",
          sentence: latest.sentence,
          evidence: entryOf(latest.entryId, latest.text),
        };
      return disabled === undefined
        ? { state: "unknown", sentence: "Known once somebody leaves." }
        : { state: "done", sentence: "Leavers arrive as Disabled." };
    },
  }),
  defineCheck({
    id: "external-id",
    title: "externalId is stable",
    meaning: "It ties a person to Muster for good, also when user name and address change.",
    clicks: [...inEntra.userMapping, "externalId", "Source attribute: objectId"],
    isChoice: true,
    reads: ["census", "sightings"],
    judge: ({ census, sightings: { "external-id-changed": changed } }) => {
      if (census === undefined || census.users === 0) return later;
      const { users, externalIds, guidExternalIds } = census;
      if (externalIds === 0)
        return { state: "todo", sentence: "externalId is not mapped. Add objectId → externalId." };
      if (guidExternalIds < externalIds)
        return {
          state: "warning",
          sentence: `${changed ? `externalId has changed ${count(changed.times, "time")}. ` : ""}It is no object id for ${count(externalIds - guidExternalIds, "person", "people")}: mailNickname, Entra's default, changes with a new name.`,
          evidence: entryOf(changed?.entryId, "The latest change"),
        };
      if (externalIds < users)
        return {
          state: "warning",
          sentence: `${count(users - externalIds, "person has", "people have")} none.`,
        };
      return {
        state: "done",
        sentence: changed
          ? `Everybody has an object id now. It has changed ${count(changed.times, "time")} so far.`
          : "Everybody has an object id, and it has never changed.",
      };
    },
  }),
  defineCheck({
    id: "mail",
    title: "mail",
    meaning:
      "Muster writes to that address, and finds people by it who were here before. Entra skips whoever has none where mail is the matching attribute.",
    clicks: [...inEntra.userMapping, 'mail → emails[type eq "work"].value'],
    isChoice: true,
    reads: ["census", "withoutMail"],
    judge: ({ census, withoutMail }) => {
      if (census === undefined || census.users === 0) return later;
      if (withoutMail.count === census.users)
        return {
          state: "todo",
          sentence: "Nobody has an e-mail address: mail is not mapped.",
          evidence: listed(withoutMail),
        };
      if (withoutMail.count > 0)
        return {
          state: "warning",
          sentence: `${count(withoutMail.count, "person has", "people have")} no e-mail address. Give them one in Entra, or use Coalesce([mail], [userPrincipalName]).`,
          evidence: listed(withoutMail),
        };
      return { state: "done", sentence: "Everybody has an e-mail address." };
    },
  }),
  defineCheck({
    id: "display-name",
    title: "displayName",
    meaning: "People are shown by it; without one, by their user name.",
    clicks: [...inEntra.userMapping, "displayName → displayName"],
    isChoice: true,
    reads: ["census"],
    judge: ({ census }) => {
      if (census === undefined || census.users === 0) return later;
      return "displayName" in census.attributes
        ? { state: "done", sentence: "People arrive with it." }
        : { state: "todo", sentence: "displayName is not mapped." };
    },
  }),
  defineCheck({
    id: "guests",
    title: "Guests",
    meaning:
      "A guest's account belongs to another organisation: their mail is the address there, and nobody here hears when they leave it.",
    clicks: [
      ...inEntra.userMapping.slice(0, -1),
      "Source Object Scope",
      "Add scoping filter: userType EQUALS Member",
    ],
    isChoice: true,
    reads: ["census", "guests"],
    judge: ({ census, guests }) => {
      if (census === undefined || census.users === 0) return later;
      return guests.count === 0
        ? { state: "done", sentence: "Nobody arrives as a guest (#EXT# or userType Guest)." }
        : {
            state: "warning",
            sentence: `${count(guests.count, "guest arrives", "guests arrive")}. Keep them out by a scoping filter, or mute this if they should have accounts.`,
            evidence: listed(guests),
          };
    },
  }),
];

const listed = ({ examples }: NamedSome): Evidence[] =>
  examples.map(({ id, name }) => ({ kind: "person", id, text: name }));

const entryOf = (id: string | null | undefined, text: string): Evidence[] =>
  id === null || id === undefined ? [] : [{ kind: "entry", id, text }];

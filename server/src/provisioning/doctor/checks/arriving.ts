import { defineCheck, inEntra } from "../check.ts";
import { count, days, duration } from "../words.ts";

const minutes = 60_000;

/** Whether Entra reaches Muster, and goes on doing so. */
export const arriving = [
  defineCheck({
    id: "credentials",
    title: "Credentials",
    meaning: "Entra stops for good after four weeks of refused calls.",
    clicks: inEntra.credentials,
    isChoice: false,
    reads: [
      "firstRequestAt",
      "lastRequestAt",
      "lastRefusedAt",
      "lastRefusedReason",
      "rhythmMs",
      "now",
    ],
    judge: ({ firstRequestAt, lastRequestAt, lastRefusedAt, lastRefusedReason, rhythmMs, now }) => {
      const reason = lastRefusedReason ?? "The token was refused.";
      if (lastRefusedAt !== null && (lastRequestAt === null || lastRefusedAt > lastRequestAt)) {
        // Whoever finds the address may call it. As long as Entra's own calls were right in its rhythm, they are.
        const isRight =
          lastRequestAt !== null && now.getTime() - lastRequestAt.getTime() <= 2 * rhythmMs;
        return isRight
          ? {
              state: "done",
              sentence: `Credentials were right ${duration(now.getTime() - lastRequestAt.getTime())} ago; a later call had wrong ones. ${reason} If that was Entra, paste a live token or client secret. This warns when no right call follows within two cycles.`,
            }
          : {
              state: "warning",
              sentence: `The last call had wrong credentials. ${reason} Paste a live token or client secret, then press Test Connection.`,
            };
      }
      if (firstRequestAt === null)
        return {
          state: "todo",
          sentence:
            "Waiting for the first call. Paste Endpoint into Tenant URL and Token into Secret token.",
        };
      return { state: "done", sentence: "Credentials are right: Entra reaches Muster." };
    },
  }),
  defineCheck({
    id: "test-connection",
    title: "Test Connection",
    meaning: "It shows that address and token are right before anybody is sent.",
    clicks: [...inEntra.credentials, "Test Connection"],
    isChoice: false,
    reads: ["testConnectionAt", "firstUser"],
    judge: ({ testConnectionAt, firstUser }) => {
      if (testConnectionAt !== null)
        return { state: "done", sentence: "Entra asked for nobody in particular, as a test does." };
      if (firstUser !== null)
        return { state: "done", sentence: "Not needed: people have arrived." };
      return { state: "todo", sentence: "Not pressed yet." };
    },
  }),
  defineCheck({
    id: "token-expiry",
    title: "Token expiry",
    meaning: "Two may be live at a time, so one can take the other's place without a gap.",
    clicks: [
      "Muster",
      "SCIM",
      "Connect",
      "Endpoint and Token",
      "Make a token",
      ...inEntra.credentials,
    ],
    isChoice: true,
    reads: ["credentialsEndAt", "now"],
    judge: ({ credentialsEndAt, now }) => {
      if (credentialsEndAt === undefined)
        return {
          state: "todo",
          sentence: "No token, client secret or federated credential is live. Make one.",
        };
      if (credentialsEndAt === null)
        return {
          state: "done",
          sentence: "A live token, client secret or federated credential never expires.",
        };
      const left = credentialsEndAt.getTime() - now.getTime();
      return left > 14 * 24 * 60 * minutes
        ? { state: "done", sentence: `What Entra uses is good for ${days(left)} more.` }
        : {
            state: "warning",
            sentence: `The last live token or client secret ends in ${days(left)}.`,
          };
    },
  }),
  defineCheck({
    id: "silence",
    title: "Regular cycles",
    meaning: "A running job calls with every cycle, also when nothing has changed.",
    clicks: [...inEntra.provisioning, "Start provisioning, or see why it is in quarantine"],
    isChoice: true,
    reads: ["lastRequestAt", "firstUser", "rhythmMs", "now"],
    judge: ({ lastRequestAt, firstUser, rhythmMs, now }) => {
      if (lastRequestAt === null || firstUser === null)
        return { state: "unknown", sentence: "Known once the first cycle has run." };
      const silent = now.getTime() - lastRequestAt.getTime();
      const rhythm = `A cycle comes every ${duration(rhythmMs)} or so.`;
      return silent > 2 * rhythmMs
        ? {
            state: "warning",
            sentence: `Entra has gone quiet: nothing for ${duration(silent)}, longer than two cycles. ${rhythm}`,
          }
        : { state: "done", sentence: rhythm };
    },
  }),
  defineCheck({
    id: "refusals",
    title: "Refused requests",
    meaning:
      "Entra tries again for 28 days, then forgets the person; too many refusals quarantine the job.",
    clicks: ["Muster", "Provisioning log", "Outcome: refused"],
    isChoice: true,
    reads: ["refusals", "firstRequestAt"],
    judge: ({ refusals, firstRequestAt }) => {
      if (firstRequestAt === null)
        return { state: "unknown", sentence: "Known once requests arrive." };
      if (refusals.count === 0) return { state: "done", sentence: "None in the last day." };
      return {
        state: "warning",
        sentence: `${count(refusals.count, "request was", "requests were")} refused in the last day. Each entry says why.`,
        ...(refusals.lastId !== null && {
          evidence: [{ kind: "entry", id: refusals.lastId, text: "The latest" }],
        }),
      };
    },
  }),
  defineCheck({
    id: "resent",
    title: "Sent once",
    meaning:
      "Entra sends a value again with every cycle for as long as it does not come back as it was sent.",
    clicks: inEntra.userMapping,
    isChoice: true,
    reads: ["resent", "firstRequestAt"],
    judge: ({ resent, firstRequestAt }) => {
      if (firstRequestAt === null)
        return { state: "unknown", sentence: "Known once requests arrive." };
      if (resent.count === 0)
        return { state: "done", sentence: "No change arrives again and again." };
      const paths = [...new Set(resent.examples.flatMap((one) => one.paths))].slice(0, 3);
      const what = paths.length === 0 ? "" : ` (${paths.join(", ")})`;
      return {
        state: "warning",
        sentence: `The same change${what} keeps arriving for ${count(resent.count, "person or group", "people or groups")} and changes nothing. Remove that row of the mapping, or see in the log why it is ignored or refused.`,
        evidence: resent.examples.map(({ name, times, entryId, isRefused }) => ({
          kind: "entry",
          id: entryId,
          text: `${name}: ${times} times${isRefused ? ", refused" : ""}`,
        })),
      };
    },
  }),
];

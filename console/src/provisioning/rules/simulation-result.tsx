import type { Simulation } from "../../api/contract.ts";
import { Note } from "../../elements/note.tsx";
import { Section } from "../../elements/section.tsx";
import { Tone, type ToneName } from "../../elements/tone.tsx";
import classes from "./simulator.module.css";

type Outcome = Simulation["rules"][number]["outcome"];

const outcomes: Record<Outcome, { tone: ToneName; label: string }> = {
  decides: { tone: "ok", label: "Decides" },
  overruled: { tone: "warn", label: "Overruled" },
  blocked: { tone: "bad", label: "Blocked" },
  "passes-by": { tone: "calm", label: "Passes by" },
};

/** What comes of a person, then each rule with what it did. */
export const SimulationResult = ({ simulation }: { simulation: Simulation }) => {
  const { accounts, rules, isWaiting, summary } = simulation;
  return (
    <>
      <Note tone={isWaiting ? "warn" : "ok"} title={summary}>
        {accounts.map(({ tenant, role, why }) => (
          <div key={tenant.id}>
            {role.name} in {tenant.name}: {why}
          </div>
        ))}
      </Note>
      <Section title="Rules, in order" isFlush>
        {rules.length === 0 ? (
          <p className={classes["hint"]}>This connection has no rules.</p>
        ) : (
          <ol className={classes["rules"]} aria-label="Rules, in order">
            {rules.map((rule) => (
              <li key={rule.place} className={classes["rule"]}>
                <span className={classes["place"]}>{rule.place}</span>
                <div>
                  <div className={classes["asks"]}>
                    {rule.asks} → {rule.role.name} in {rule.tenant.name}
                  </div>
                  <div className={classes["why"]}>{rule.why}</div>
                </div>
                <Tone tone={outcomes[rule.outcome].tone}>{outcomes[rule.outcome].label}</Tone>
              </li>
            ))}
          </ol>
        )}
      </Section>
    </>
  );
};

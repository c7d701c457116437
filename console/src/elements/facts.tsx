import type { ReactNode } from "react";
import classes from "./facts.module.css";

/** Names and values; what is absent is left out. */
export const Facts = ({ facts }: { facts: Record<string, ReactNode> }) => (
  <dl className={classes["facts"]}>
    {Object.entries(facts)
      .filter(([, value]) => value !== null && value !== undefined && value !== "")
      .map(([name, value]) => (
        <div key={name} style={{ display: "contents" }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);

import { Link } from "@tanstack/react-router";
import type { Account } from "../api/contract.ts";
import { Section } from "../elements/section.tsx";
import classes from "./groups-section.module.css";

/** The person's groups, with the role that each gives. */
export const GroupsSection = ({ account: { allGroups } }: { account: Account }) => (
  <Section title="Groups">
    {allGroups.length === 0 ? (
      <span className={classes["none"]}>In no group that was pushed.</span>
    ) : (
      <ul className={classes["list"]}>
        {allGroups.map(({ id, name, mappedRole }) => (
          <li key={id}>
            <Link to="/accounts" search={{ group: id }}>
              {name}
            </Link>
            {mappedRole ? (
              <span>gives {mappedRole.name}</span>
            ) : (
              <span className={classes["none"]}>not mapped</span>
            )}
          </li>
        ))}
      </ul>
    )}
  </Section>
);

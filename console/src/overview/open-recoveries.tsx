import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RecoveryState } from "../custody/recovery-state.tsx";
import { Moment } from "../elements/moment.tsx";
import { Section } from "../elements/section.tsx";
import classes from "./overview.module.css";
import { latestRecoveriesQuery } from "./queries.ts";

/** The leavers who came up last, each leading to what they must bring back. */
export const OpenRecoveries = () => {
  const { data } = useQuery(latestRecoveriesQuery);
  if (!data) return null;
  return (
    <Section
      title="Must come back"
      actions={data.total > data.items.length && <Link to="/recoveries">All {data.total}</Link>}
    >
      {data.items.length === 0 ? (
        <Text c="dimmed">Nobody who is disabled holds anything.</Text>
      ) : (
        <ul className={classes["leavers"]}>
          {data.items.map((recovery) => (
            <li key={recovery.id}>
              <div>
                <Link to="/recoveries/$id" params={{ id: recovery.id }}>
                  {recovery.account.name}
                </Link>
                <div className={classes["since"]}>
                  opened <Moment at={recovery.openedAt} />
                </div>
              </div>
              <RecoveryState recovery={recovery} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
};

import { VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { openRecoveriesQuery } from "../custody/open-recoveries.ts";
import { reachable } from "./destinations.ts";
import classes from "./navigation.module.css";
import { useMay, useSession } from "./session.ts";

export const Navigation = ({ onGo }: { onGo?: () => void }) => (
  <nav aria-label="Main">
    <ul className={classes["list"]}>
      {reachable(useSession().permissions).map(({ label, to, icon: Icon }) => (
        <li key={label}>
          <Link
            to={to}
            className={classes["link"]}
            activeOptions={{ exact: to === "/", includeSearch: false }}
            onClick={onGo}
          >
            <Icon size={18} stroke={1.7} aria-hidden />
            {label}
            {to === "/recoveries" && <OpenRecoveries />}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
);

const OpenRecoveries = () => {
  const may = useMay();
  const { data: count = 0 } = useQuery({ ...openRecoveriesQuery, enabled: may("custody:view") });
  if (count === 0) return null;
  return (
    <span className={classes["count"]}>
      {count}
      <VisuallyHidden> open</VisuallyHidden>
    </span>
  );
};

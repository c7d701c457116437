import { Link } from "@tanstack/react-router";
import { useSession } from "./session.ts";
import classes from "./settings-tabs.module.css";
import { reachableSettings } from "./settings.ts";

/** From one page of the settings to the others; nothing where there are no others. */
export const SettingsTabs = () => {
  const pages = reachableSettings(useSession().permissions);
  if (pages.length < 2) return null;
  return (
    <nav aria-label="Settings" className={classes["tabs"]}>
      {pages.map(({ label, to }) => (
        <Link key={label} to={to} className={classes["tab"]}>
          {label}
        </Link>
      ))}
    </nav>
  );
};

import { Link } from "@tanstack/react-router";
import classes from "./brand.module.css";

/** The mark and the name, leading home. */
export const Brand = ({ organisation }: { organisation?: string }) => (
  <Link to="/" className={classes["brand"]}>
    <img src="/muster.svg" alt="" width={28} height={28} />
    <span className={classes["names"]}>
      <span className={classes["name"]}>Muster</span>
      {organisation && <span className={classes["organisation"]}>{organisation}</span>}
    </span>
  </Link>
);

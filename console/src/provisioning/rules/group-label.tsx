import { Link } from "@tanstack/react-router";
import type { GroupMapping } from "../../api/contract.ts";
import classes from "./group-mappings.module.css";

/** A group's name and how many are in it, leading to them. */
export const GroupLabel = ({ item: { group, members, tenant } }: { item: GroupMapping }) => (
  <div className={`${classes["group"]} ${group.deleted ? classes["deleted"] : ""}`}>
    <div className={classes["name"]}>{group.name}</div>
    <div className={classes["members"]}>
      {group.deleted ? (
        "Deleted in the directory"
      ) : (
        <Link to="/accounts" search={{ group: group.id }}>
          {members.toLocaleString()} {members === 1 ? "member" : "members"}
        </Link>
      )}
      {tenant && ` · in ${tenant.name}`}
    </div>
  </div>
);

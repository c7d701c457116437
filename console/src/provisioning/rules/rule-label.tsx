import { Link } from "@tanstack/react-router";
import type { GroupMapping } from "../../api/contract.ts";
import { conditionInWords } from "./condition.ts";
import type { Rule } from "./draft.ts";
import classes from "./group-mappings.module.css";

type Props = { rule: Pick<Rule, "attribute">; item: GroupMapping | undefined };

/** Whom a rule takes: a group with its members, or a condition; and why it takes nobody any more. */
export const RuleLabel = ({ rule, item }: Props) => {
  const blocked = item?.blocked && <div className={classes["blocked"]}>{item.blocked}</div>;
  if (rule.attribute)
    return (
      <div className={classes["group"]}>
        <div className={classes["name"]}>{conditionInWords(rule.attribute)}</div>
        {rule.attribute.path.startsWith("urn:") && (
          <div className={classes["members"]}>{rule.attribute.path}</div>
        )}
        {blocked}
      </div>
    );
  return (
    <div className={`${classes["group"]} ${item?.group?.deleted ? classes["deleted"] : ""}`}>
      <div className={classes["name"]}>{item?.group?.name}</div>
      {item?.group && !item.group.deleted && (
        <div className={classes["members"]}>
          <Link to="/accounts" search={{ group: item.group.id }}>
            {item.members?.toLocaleString()} {item.members === 1 ? "member" : "members"}
          </Link>
        </div>
      )}
      {blocked}
    </div>
  );
};

export const nameOfRule = ({ rule, item }: Props): string =>
  rule.attribute ? conditionInWords(rule.attribute) : (item?.group?.name ?? "a group");

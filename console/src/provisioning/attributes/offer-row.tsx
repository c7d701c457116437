import type { OfferedAttribute } from "../../api/contract.ts";
import { useMay } from "../../app-shell/session.ts";
import classes from "./attributes.module.css";
import { DefineOffered } from "./define-attribute.tsx";

/** What arrives under an extension that nobody has defined. */
export const OfferRow = (props: { connectionId: string; offer: OfferedAttribute }) => {
  const { connectionId, offer } = props;
  const may = useMay();
  const people = `about ${offer.people.toLocaleString()} ${offer.people === 1 ? "person has" : "people have"} it`;
  return (
    <li className={classes["row"]}>
      <div className={classes["what"]}>
        <div className={classes["name"]}>{offer.name}</div>
        <div className={classes["detail"]}>{offer.urn}</div>
        <div className={classes["detail"]}>
          {people}
          {offer.guess
            ? ` · such as ${offer.examples.join(", ")}`
            : " · it has parts, so it cannot be defined and is kept as sent"}
        </div>
      </div>
      {offer.guess && may("provisioning:edit") && (
        <DefineOffered connectionId={connectionId} offer={offer} guess={offer.guess} />
      )}
    </li>
  );
};

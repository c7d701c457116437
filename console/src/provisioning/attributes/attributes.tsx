import { Progress, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { AttributeReading, ConnectionAttributes } from "../../api/contract.ts";
import { useMay } from "../../app-shell/session.ts";
import { Note } from "../../elements/note.tsx";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { Section } from "../../elements/section.tsx";
import { AttributeRow } from "./attribute-row.tsx";
import classes from "./attributes.module.css";
import { DefineAttribute } from "./define-attribute.tsx";
import { OfferRow } from "./offer-row.tsx";
import { attributesQuery } from "./queries.ts";

/** Extension attributes of a connection: those that are defined, and those that arrive and could be. */
export const Attributes = ({ connectionId }: { connectionId: string }) => {
  const may = useMay();
  const attributes = useQuery(attributesQuery(connectionId));
  return (
    <Section
      title="Attributes"
      lead="Attributes of your own, under an extension URN: checked by type, found by filters, shown on Sub Accounts."
      actions={may("provisioning:edit") && <DefineAttribute connectionId={connectionId} />}
      isFlush
    >
      {attributes.isPending ? (
        <div className={classes["pad"]}>
          <Skeleton height={80} />
        </div>
      ) : attributes.error ? (
        <div className={classes["pad"]}>
          <ProblemNote error={attributes.error} onRetry={attributes.refetch} />
        </div>
      ) : (
        <Lists connectionId={connectionId} attributes={attributes.data} />
      )}
    </Section>
  );
};

type Props = { connectionId: string; attributes: ConnectionAttributes };

const Lists = ({ connectionId, attributes: { items, offers, reading } }: Props) => (
  <>
    {reading?.state === "running" && <ReadingProgress reading={reading} />}
    {items.length === 0 && offers.length === 0 && (
      <Text className={classes["pad"]} size="sm" c="dimmed">
        None is defined, and none has arrived that could be. Add one to Entra's attribute list and
        to the mapping, under a URN such as urn:ietf:params:scim:schemas:extension:contoso:2.0:User;
        it is offered here as soon as somebody has it. Or define it first.
      </Text>
    )}
    {items.length > 0 && (
      <ul className={classes["list"]} aria-label="Defined attributes">
        {items.map((item) => (
          <AttributeRow key={item.id} connectionId={connectionId} item={item} />
        ))}
      </ul>
    )}
    {offers.length > 0 && (
      <>
        <h3 className={classes["heading"]}>Not defined yet</h3>
        <ul className={classes["list"]} aria-label="Attributes not defined yet">
          {offers.map((offer) => (
            <OfferRow
              key={`${offer.urn}:${offer.name}`}
              connectionId={connectionId}
              offer={offer}
            />
          ))}
        </ul>
      </>
    )}
  </>
);

const ReadingProgress = ({ reading }: { reading: AttributeReading }) => (
  <div className={classes["pad"]}>
    <Note tone="calm" title="Reading everybody by the new definitions">
      <Text size="sm" mb={6}>
        {reading.done.toLocaleString()} of {reading.total.toLocaleString()} people. Filters on these
        attributes are complete when it is done.
      </Text>
      <Progress
        value={reading.total === 0 ? 0 : (100 * reading.done) / reading.total}
        aria-label="People read anew"
      />
    </Note>
  </div>
);

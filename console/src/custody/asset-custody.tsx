import { Button, Skeleton, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Custody } from "../api/contract.ts";
import { Moment } from "../elements/moment.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { usePages } from "../table/use-pages.ts";
import classes from "./items.module.css";

/** Everybody who holds or held an asset, the latest first. */
export const AssetCustody = ({ assetId }: { assetId: string }) => {
  const custodies = usePages<Custody>(`/assets/${assetId}/custody`);
  return (
    <Section title="Custody" lead="Everybody who has held it.">
      {custodies.isPending ? (
        <Skeleton height={40} />
      ) : custodies.error ? (
        <ProblemNote error={custodies.error} onRetry={custodies.retry} />
      ) : custodies.rows.length === 0 ? (
        <Text c="dimmed">Nobody has held it yet.</Text>
      ) : (
        <ul className={classes["list"]}>
          {custodies.rows.map((custody) => (
            <Holding key={custody.id} custody={custody} />
          ))}
        </ul>
      )}
      {custodies.hasMore && (
        <Button variant="default" size="compact-sm" mt="sm" onClick={custodies.loadMore}>
          Show more
        </Button>
      )}
    </Section>
  );
};

const Holding = ({ custody }: { custody: Custody }) => (
  <li>
    <div className={classes["what"]}>
      <Link to="/accounts/$id" params={{ id: custody.account.id }}>
        {custody.account.name}
      </Link>
      <div className={classes["detail"]}>
        {[custody.note, custody.endNote].filter(Boolean).join(" · ")}
      </div>
    </div>
    <span className={classes["detail"]}>
      {custody.endedAt === null && "since "}
      <Moment at={custody.checkedOutAt} />
      {custody.endedAt !== null && (
        <>
          {" "}
          – <Moment at={custody.endedAt} />
        </>
      )}
      {custody.outcome === "written-off" && " (written off)"}
    </span>
  </li>
);

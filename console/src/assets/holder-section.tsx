import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Asset } from "../api/contract.ts";
import { Due } from "../custody/due.tsx";
import { Moment } from "../elements/moment.tsx";
import { Note } from "../elements/note.tsx";
import { Section } from "../elements/section.tsx";
import classes from "./assets.module.css";

/** Who has it now, and what follows from that. */
export const HolderSection = ({ asset: { holder, custody, status } }: { asset: Asset }) => (
  <Section title="Holder">
    {holder ? (
      <>
        <p className={classes["holder"]}>
          <Link to="/accounts/$id" params={{ id: holder.id }}>
            {holder.name}
          </Link>
        </p>
        {custody && (
          <Text c="dimmed">
            Checked out <Moment at={custody.checkedOutAt} />
            {custody.checkedOutBy && ` by ${custody.checkedOutBy}`}
            {custody.dueOn && <Due on={custody.dueOn} />}
          </Text>
        )}
        {custody?.note && <Text mt={6}>{custody.note}</Text>}
        {holder.status === "disabled" && (
          <div style={{ marginTop: "0.75rem" }}>
            <Note tone="warn" title={`${holder.name} is disabled and still has it`}>
              It is on{" "}
              <Link to="/recoveries" search={{ search: holder.name }}>
                their recovery
              </Link>{" "}
              until it is checked in.
            </Note>
          </div>
        )}
      </>
    ) : (
      <Text c="dimmed">
        {status.kind === "deployable"
          ? "Nobody holds it. It can be checked out."
          : `Nobody holds it. While its status is ${status.name}, it cannot be checked out.`}
      </Text>
    )}
  </Section>
);

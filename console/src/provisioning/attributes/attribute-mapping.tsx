import { Button, Skeleton } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { AttributeMapping as Mapping } from "../../api/contract.ts";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { Section } from "../../elements/section.tsx";
import { attributeMappingQuery } from "../queries.ts";
import classes from "./attribute-mapping.module.css";

const levels = { required: "required", recommended: "recommended", optional: "" } as const;

/** What to check Entra's attribute mapping against, and the same as a file to import. */
export const AttributeMapping = ({ connectionId }: { connectionId: string }) => {
  const mapping = useQuery(attributeMappingQuery(connectionId));
  return (
    <Section
      title="Attribute mapping of users"
      lead="What to set in Entra under Attribute mapping › Users."
      actions={
        <Button
          component="a"
          variant="default"
          size="compact-sm"
          href={`/api/v1/connections/${connectionId}/attribute-mapping/schema`}
          download="muster-mapping.json"
          leftSection={<IconDownload size={15} aria-hidden />}
        >
          Download the mapping
        </Button>
      }
    >
      {mapping.isPending ? (
        <Skeleton height={200} />
      ) : mapping.error ? (
        <ProblemNote error={mapping.error} onRetry={mapping.refetch} />
      ) : (
        <Table mapping={mapping.data} />
      )}
    </Section>
  );
};

const Table = ({ mapping }: { mapping: Mapping }) => (
  <div className={classes["mapping"]}>
    <table aria-label="Attribute mapping of users">
      <thead>
        <tr>
          <th scope="col">In Entra</th>
          <th scope="col">In Muster</th>
        </tr>
      </thead>
      <tbody>
        {mapping.users.map(({ source, target, level, precedence, use }) => (
          <tr key={target}>
            <td>{source ?? "as you choose"}</td>
            <td>
              {shorten(target)}
              <div className={classes["use"]}>{use}</div>
              {(levels[level] || precedence !== null) && (
                <div className={classes["use"]}>
                  {[levels[level], precedence !== null && `matching precedence ${precedence}`]
                    .filter(Boolean)
                    .join(", ")}
                </div>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    <p>
      Or import all of it: open <b>Attribute mapping › Show advanced options</b>, choose{" "}
      <b>Review your schema here</b>, and put the synchronizationRules of the downloaded file in
      place of those there.
    </p>
  </div>
);

/** The long name of a known extension tells nobody anything. */
const shorten = (target: string) =>
  target.replace("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:", "enterprise: ");

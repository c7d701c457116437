import { Button, Skeleton } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ProblemNote } from "../elements/problem-note.tsx";
import classes from "./entra-guide.module.css";
import { attributeMappingQuery } from "./queries.ts";

const steps = [
  <>
    In the Entra admin centre open <b>Enterprise applications</b> and choose <b>New application</b>.
  </>,
  <>
    Choose <b>Create your own application</b>, name it Muster, and keep “Integrate any other
    application (non-gallery)”.
  </>,
  <>
    Open <b>Provisioning</b>, choose <b>Connect your application</b>, and set the mode to Automatic.
  </>,
  <>
    Paste <b>Endpoint</b> into Tenant URL and <b>Token</b> into Secret token, then press{" "}
    <b>Test Connection</b>. This page says at once whether it arrived.
  </>,
  <>
    Open <b>Attribute mapping › Users</b> and make <code>mail</code> → <code>userName</code> with
    matching precedence 1; where some have no mail,{" "}
    <code>Coalesce([mail], [userPrincipalName])</code>.
  </>,
  <>
    Keep the other rows as they are, or set them as in the table below; a missing row breaks
    nothing.
  </>,
  <>
    Under <b>Users and groups</b>, assign the people and groups that Muster should know.
  </>,
  <>
    Set <b>Provisioning status</b> to On. The first cycle starts now; later ones come every 20 to 40
    minutes.
  </>,
];

type Props = { connectionId: string; isOpen: boolean };

/** The other half of the set-up, which happens in Entra; open until the first call has come. */
export const EntraGuide = ({ connectionId, isOpen }: Props) => (
  <details className={classes["guide"]} open={isOpen}>
    <summary>In Entra, do this</summary>
    <ol className={classes["steps"]}>
      {steps.map((step, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- steps are their order
        <li key={index}>{step}</li>
      ))}
    </ol>
    <MappingTable connectionId={connectionId} />
  </details>
);

const levels = { required: "required", recommended: "recommended", optional: "" } as const;

/** What to check Entra's attribute mapping against, and the same as a file to import. */
const MappingTable = ({ connectionId }: Pick<Props, "connectionId">) => {
  const mapping = useQuery(attributeMappingQuery(connectionId));
  if (mapping.isPending) return <Skeleton height={200} />;
  if (mapping.error) return <ProblemNote error={mapping.error} onRetry={mapping.refetch} />;
  return (
    <div className={classes["mapping"]}>
      <table>
        <caption>Attribute mapping of users</caption>
        <thead>
          <tr>
            <th scope="col">In Entra</th>
            <th scope="col">In Muster</th>
          </tr>
        </thead>
        <tbody>
          {mapping.data.users.map(({ source, target, level, precedence, use }) => (
            <tr key={target} title={use}>
              <td>{source ?? "as you choose"}</td>
              <td>
                {shorten(target)}
                {(levels[level] || precedence !== null) && (
                  <div className={classes["level"]}>
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
        <b>Review your schema here</b>, and put the synchronizationRules of this file in place of
        those there.
      </p>
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
    </div>
  );
};

/** The long name of a known extension tells nobody anything. */
const shorten = (target: string) =>
  target.replace("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:", "enterprise: ");

import { SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Account } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { Facts } from "../elements/facts.tsx";
import { JsonBlock } from "../elements/json-block.tsx";
import { Section } from "../elements/section.tsx";
import { sayExactly } from "../elements/time.ts";
import classes from "./identity-section.module.css";

/** What the directory said of the person, unchanged. */
export const IdentitySection = ({ account }: { account: Account }) => {
  const may = useMay();
  const [view, setView] = useState("attributes");
  const { identity, connection } = account;
  return (
    <Section
      title="Identity"
      lead={
        connection ? (
          <>
            As{" "}
            {may("provisioning:view") ? (
              <Link
                to="/settings/integrations/scim/$connectionId"
                params={{ connectionId: connection.id }}
                children={connection.name}
              />
            ) : (
              connection.name
            )}{" "}
            sent it.
          </>
        ) : (
          "Added by hand."
        )
      }
      actions={
        identity && (
          <SegmentedControl
            size="xs"
            aria-label="Show identity as"
            value={view}
            onChange={setView}
            data={[
              { value: "attributes", label: "Attributes" },
              { value: "json", label: "JSON" },
            ]}
          />
        )
      }
    >
      {identity && view === "json" ? (
        <JsonBlock what="identity" text={JSON.stringify(identity.raw)} />
      ) : identity ? (
        <>
          {identity.fields.length > 0 && (
            <Facts
              facts={Object.fromEntries(identity.fields.map(({ label, value }) => [label, value]))}
            />
          )}
          <Attributes attributes={identity.attributes} />
        </>
      ) : (
        <Facts
          facts={{
            Name: account.name,
            "E-mail": account.email,
            Tenant: account.tenant.name,
            Added: sayExactly(account.createdAt),
            "Last signed in": account.lastSignInAt && sayExactly(account.lastSignInAt),
          }}
        />
      )}
    </Section>
  );
};

type Attribute = NonNullable<Account["identity"]>["attributes"][number];

const Attributes = ({ attributes }: { attributes: readonly Attribute[] }) => (
  <div className={classes["tableWrap"]}>
    <table className={classes["attributes"]}>
      <tbody>
        {attributes.map(({ path, label, value, account }) => (
          <tr key={`${path} ${label} ${value}`}>
            <th scope="row">{label}</th>
            <td>
              {account ? (
                <Link to="/accounts/$id" params={{ id: account.id }} title={value}>
                  {account.name}
                </Link>
              ) : (
                value
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

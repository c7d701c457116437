import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Connection } from "../api/contract.ts";
import { PageHead } from "../elements/page-head.tsx";
import { Attributes } from "./attributes/attributes.tsx";
import { Behaviour } from "./behaviour/behaviour.tsx";
import { Arrivals } from "./arrivals.tsx";
import classes from "./connection-view.module.css";
import { ClientSecrets } from "./credentials/client-secrets.tsx";
import { Credentials } from "./credentials/credentials.tsx";
import { SetupDoctor } from "./doctor/setup-doctor.tsx";
import { Safeguards } from "../safeguards/safeguards.tsx";
import { EntraGuide } from "./entra-guide.tsx";
import { RequestLimit } from "./limit/request-limit.tsx";
import { AccessRules } from "./rules/access-rules.tsx";

/** Everything about one connection: what to paste into Entra, what arrives, and what access it gives. */
export const ConnectionView = (props: { connection: Connection; actions?: ReactNode }) => {
  const { connection, actions } = props;
  return (
    <>
      <PageHead
        title={connection.name}
        crumbs={[
          "Settings",
          <Link key="up" to="/settings/integrations" children="Integrations" />,
          <Link key="scim" to="/settings/integrations/scim" children="SCIM" />,
        ]}
        lead={`Provisions people and groups into ${connection.tenant.name}.`}
        actions={actions}
      />
      <div className={classes["columns"]}>
        <div className={classes["column"]}>
          <Credentials connection={connection} />
          <SetupDoctor connectionId={connection.id} />
          <ClientSecrets connection={connection} />
          <Safeguards connectionId={connection.id} />
          <AccessRules connection={connection} />
          <Attributes connectionId={connection.id} />
          <Behaviour connectionId={connection.id} />
        </div>
        <div className={classes["column"]}>
          <Arrivals connectionId={connection.id} />
          <RequestLimit connectionId={connection.id} />
          <EntraGuide connectionId={connection.id} isOpen={connection.lastRequestAt === null} />
        </div>
      </div>
    </>
  );
};

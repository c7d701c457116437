import { Tabs } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Connection } from "../api/contract.ts";
import { PageHead } from "../elements/page-head.tsx";
import { HeldNote } from "../safeguards/held-note.tsx";
import { Safeguards } from "../safeguards/safeguards.tsx";
import { Arrivals } from "./arrivals.tsx";
import { AttributeMapping } from "./attributes/attribute-mapping.tsx";
import { Attributes } from "./attributes/attributes.tsx";
import { Behaviour } from "./behaviour/behaviour.tsx";
import { connectionTabs, tabOf, type ConnectionTab } from "./connection-tabs.ts";
import classes from "./connection-view.module.css";
import { ClientSecrets } from "./credentials/client-secrets.tsx";
import { Credentials } from "./credentials/credentials.tsx";
import { FederatedCredentials } from "./credentials/federated-credentials.tsx";
import { SetupDoctor } from "./doctor/setup-doctor.tsx";
import { ToDoCount } from "./doctor/to-do-count.tsx";
import { EntraGuide } from "./entra-guide.tsx";
import { RequestLimit } from "./limit/request-limit.tsx";
import { LookOnly } from "./look-only.tsx";
import { AccessRules } from "./rules/access-rules.tsx";

type Props = { connection: Connection; tab: string | undefined; actions?: ReactNode };

/** Everything about one connection: what to paste into Entra, what arrives, and what access it gives. */
export const ConnectionView = ({ connection, tab, actions }: Props) => {
  const navigate = useNavigate();
  const { id } = connection;
  const open = (chosen: string | null) =>
    void navigate({
      to: ".",
      search: chosen === null || chosen === "connect" ? {} : { tab: chosen },
      resetScroll: false,
    });
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
      <HeldNote connectionId={id} />
      {/* Arrow keys move along the tabs and Enter opens one: each that is opened is a step of the browser's history. */}
      <Tabs
        value={tabOf(tab)}
        onChange={open}
        keepMounted={false}
        activateTabWithKeyboard={false}
        classNames={{ list: classes["tabs"] ?? "", tab: classes["tab"] ?? "" }}
      >
        <Tabs.List aria-label="About this connection">
          {connectionTabs.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value}>
              {label}
              {value === "doctor" && <ToDoCount connectionId={id} />}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Panel of="connect" className={classes["columns"]}>
          <div className={classes["column"]}>
            <Credentials connection={connection} />
            <ClientSecrets connection={connection} />
            <FederatedCredentials connectionId={id} />
          </div>
          <div className={classes["column"]}>
            <Arrivals connectionId={id} />
            <EntraGuide isOpen={connection.lastRequestAt === null} />
          </div>
        </Panel>
        <Panel of="doctor">
          <SetupDoctor connectionId={id} />
        </Panel>
        <AccessRules connection={connection} panel={rolesPanel} />
        <Panel of="attributes">
          <Attributes connectionId={id} />
          <AttributeMapping connectionId={id} />
        </Panel>
        <Panel of="safeguards">
          <Safeguards connectionId={id} />
          <RequestLimit connectionId={id} />
        </Panel>
        <Panel of="behaviour">
          <Behaviour connectionId={id} />
        </Panel>
      </Tabs>
    </>
  );
};

type PanelProps = { of: ConnectionTab; className?: string | undefined; children: ReactNode };

/** What a tab shows. It is there only while it is shown, so that nothing is asked for what nobody looks at. */
const Panel = ({ of, className = classes["column"], children }: PanelProps) => (
  <Tabs.Panel value={of}>
    <div className={className}>
      {isEdited(of) && <LookOnly />}
      {children}
    </div>
  </Tabs.Panel>
);

/** Whether what the tab is for is to change something; credentials have a permission of their own. */
const isEdited = (tab: ConnectionTab): boolean => tab !== "connect" && tab !== "doctor";

const rolesPanel = (children: ReactNode) => <Panel of="roles">{children}</Panel>;

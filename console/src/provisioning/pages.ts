export { IntegrationsPage } from "./integrations-page.tsx";
export { ProvisioningLogEntryPage } from "./log/entry-page.tsx";
export { ProvisioningLogPage } from "./log/log-page.tsx";
export { ScimConnectionPage } from "./scim-connection-page.tsx";
export { SimulatorPage } from "./rules/simulator-page.tsx";
export { ScimPage } from "./scim-page.tsx";

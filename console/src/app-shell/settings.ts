import type { LinkProps } from "@tanstack/react-router";

type SettingsPage = {
  label: string;
  to: NonNullable<LinkProps["to"]>;
  /** What one must be allowed to do to be led there. */
  permission: string;
};

/** What there is under Settings. */
const settingsPages: readonly SettingsPage[] = [
  { label: "Integrations", to: "/settings/integrations", permission: "provisioning:view" },
  { label: "Tenants", to: "/settings/tenants", permission: "tenants:view" },
  { label: "Access roles", to: "/settings/access-roles", permission: "roles:view" },
];

/** What one may do of which opens Settings. */
export const settingsPermissions = settingsPages.map(({ permission }) => permission);

export const reachableSettings = (permissions: readonly string[]): SettingsPage[] =>
  settingsPages.filter(({ permission }) => permissions.includes(permission));

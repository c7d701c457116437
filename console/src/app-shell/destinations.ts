import {
  IconArrowBackUp,
  IconBoxSeam,
  IconDevices,
  IconLayoutDashboard,
  IconListSearch,
  IconSettings,
  IconUsers,
  type Icon,
} from "@tabler/icons-react";
import type { LinkProps } from "@tanstack/react-router";

export type Destination = {
  label: string;
  to: NonNullable<LinkProps["to"]>;
  icon: Icon;
  /** What one must be allowed to do to be led there. */
  permission?: string;
  /** Only for those who may go nowhere else. */
  isFallback?: boolean;
};

export const destinations: Destination[] = [
  { label: "Overview", to: "/", icon: IconLayoutDashboard, permission: "accounts:view" },
  { label: "Assets", to: "/assets", icon: IconDevices, permission: "assets:view" },
  { label: "Sub Accounts", to: "/accounts", icon: IconUsers, permission: "accounts:view" },
  { label: "Recoveries", to: "/recoveries", icon: IconArrowBackUp, permission: "custody:view" },
  {
    label: "Provisioning log",
    to: "/provisioning-log",
    icon: IconListSearch,
    permission: "provisioning:view",
  },
  {
    label: "Settings",
    to: "/settings/integrations",
    icon: IconSettings,
    permission: "provisioning:view",
  },
  { label: "My items", to: "/my-items", icon: IconBoxSeam, isFallback: true },
];

/** Where somebody with these permissions can go. */
export const reachable = (permissions: readonly string[]): Destination[] => {
  const allowed = destinations.filter(
    ({ permission }) => permission !== undefined && permissions.includes(permission),
  );
  return allowed.length > 0 ? allowed : destinations.filter(({ isFallback }) => isFallback);
};

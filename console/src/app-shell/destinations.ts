import {
  IconArrowBackUp,
  IconBook2,
  IconBoxSeam,
  IconDevices,
  IconDoorEnter,
  IconLayoutDashboard,
  IconListSearch,
  IconSettings,
  IconUsers,
  type Icon,
} from "@tabler/icons-react";
import type { LinkProps } from "@tanstack/react-router";
import { settingsPermissions } from "./settings.ts";

export type Destination = {
  label: string;
  to: NonNullable<LinkProps["to"]>;
  icon: Icon;
  /** What one must be allowed to do to be led there: any of these. */
  permissions?: readonly string[];
  /** Only for those who may go nowhere else. */
  isFallback?: boolean;
};

export const destinations: Destination[] = [
  { label: "Overview", to: "/", icon: IconLayoutDashboard, permissions: ["accounts:view"] },
  { label: "Assets", to: "/assets", icon: IconDevices, permissions: ["assets:view"] },
  { label: "Sub Accounts", to: "/accounts", icon: IconUsers, permissions: ["accounts:view"] },
  { label: "Lobby", to: "/lobby", icon: IconDoorEnter, permissions: ["provisioning:view"] },
  { label: "Recoveries", to: "/recoveries", icon: IconArrowBackUp, permissions: ["custody:view"] },
  {
    label: "Provisioning log",
    to: "/provisioning-log",
    icon: IconListSearch,
    permissions: ["provisioning:view"],
  },
  { label: "Ledger", to: "/ledger", icon: IconBook2, permissions: ["ledger:view"] },
  {
    label: "Settings",
    to: "/settings",
    icon: IconSettings,
    permissions: settingsPermissions,
  },
  { label: "My items", to: "/my-items", icon: IconBoxSeam, isFallback: true },
];

/** Where somebody with these permissions can go. */
export const reachable = (permissions: readonly string[]): Destination[] => {
  const allowed = destinations.filter(
    (destination) => destination.permissions?.some((one) => permissions.includes(one)) ?? false,
  );
  return allowed.length > 0 ? allowed : destinations.filter(({ isFallback }) => isFallback);
};

import { Menu, UnstyledButton } from "@mantine/core";
import { IconBoxSeam, IconDoorExit, IconKey, IconLogout, IconSelector } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { call } from "../api/client.ts";
import { ask } from "../elements/ask.tsx";
import { ColorSchemeChoice } from "./color-scheme-choice.tsx";
import { useSession } from "./session.ts";
import classes from "./user-menu.module.css";

const icon = { size: 16, stroke: 1.7, "aria-hidden": true } as const;

/** Who is signed in, and what concerns only them. */
export const UserMenu = ({ onGo }: { onGo?: () => void }) => {
  const { account, role } = useSession();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: (path: "/sign-out" | "/sign-out-everywhere") => call("POST", path),
    onSuccess: () => navigate({ to: "/sign-in" }),
  });
  return (
    <Menu position="top-start" width={232} shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes["button"]}>
          <span className={classes["initials"]} aria-hidden>
            {initialsOf(account.name)}
          </span>
          <span className={classes["who"]}>
            <span>{account.name}</span>
            <span className={classes["role"]}>{role.name}</span>
          </span>
          <IconSelector {...icon} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {account.email && <Menu.Label>{account.email}</Menu.Label>}
        <Menu.Item
          component={Link}
          to="/my-items"
          onClick={onGo}
          leftSection={<IconBoxSeam {...icon} />}
        >
          My items
        </Menu.Item>
        <Menu.Item
          component={Link}
          to="/change-password"
          onClick={onGo}
          leftSection={<IconKey {...icon} />}
        >
          Change password
        </Menu.Item>
        <Menu.Divider />
        <ColorSchemeChoice />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout {...icon} />} onClick={() => leave.mutate("/sign-out")}>
          Sign out
        </Menu.Item>
        <Menu.Item
          leftSection={<IconDoorExit {...icon} />}
          onClick={() =>
            ask({
              title: "Sign out everywhere?",
              consequence: "Every browser in which you are signed in, this one too, is signed out.",
              deed: "Sign out everywhere",
              onConfirm: () => leave.mutate("/sign-out-everywhere"),
            })
          }
        >
          Sign out everywhere
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends
    .map((word) => Array.from(word ?? "")[0] ?? "")
    .join("")
    .toUpperCase();
};

import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { addressOf } from "../../api/client.ts";

type Props = { filters: Record<string, string | undefined> };

/** All that the filters leave, as a file. */
export const ExportLog = ({ filters }: Props) => (
  <Menu position="bottom-end" shadow="md">
    <Menu.Target>
      <Button variant="default" leftSection={<IconDownload size={16} stroke={1.8} />}>
        Export
      </Button>
    </Menu.Target>
    <Menu.Dropdown>
      <Item filters={filters} format="csv">
        CSV, for spreadsheets
      </Item>
      <Item filters={filters} format="ndjson">
        JSON lines, with the bodies
      </Item>
    </Menu.Dropdown>
  </Menu>
);

const Item = ({ filters, format, children }: Props & { format: string; children: string }) => (
  <Menu.Item
    component="a"
    href={addressOf("/provisioning-log/export", { ...filters, format })}
    download
  >
    {children}
  </Menu.Item>
);

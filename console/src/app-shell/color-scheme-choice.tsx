import { Menu, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun, type Icon } from "@tabler/icons-react";

const schemes: { scheme: MantineColorScheme; label: string; icon: Icon }[] = [
  { scheme: "auto", label: "As the system", icon: IconDeviceDesktop },
  { scheme: "light", label: "Light", icon: IconSun },
  { scheme: "dark", label: "Dark", icon: IconMoon },
];

export const ColorSchemeChoice = () => {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return schemes.map(({ scheme, label, icon: Icon }) => (
    <Menu.Item
      key={scheme}
      role="menuitemradio"
      aria-checked={scheme === colorScheme}
      closeMenuOnClick={false}
      leftSection={<Icon size={16} stroke={1.7} aria-hidden />}
      rightSection={scheme === colorScheme && <IconCheck size={15} aria-hidden />}
      onClick={() => setColorScheme(scheme)}
    >
      {label}
    </Menu.Item>
  ));
};

import { Burger, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import { Brand } from "./brand.tsx";
import { Navigation } from "./navigation.tsx";
import { useSession } from "./session.ts";
import classes from "./shell.module.css";
import { TenantSwitcher } from "../tenants/tenant-switcher.tsx";
import { UserMenu } from "./user-menu.tsx";

/** What surrounds every page of somebody signed in. */
export const Shell = () => {
  const { organisation } = useSession();
  const [isOpen, drawer] = useDisclosure(false);
  return (
    <>
      <a href="#main" className={classes["skip"]}>
        Skip to content
      </a>
      <div className={classes["shell"]}>
        <aside className={classes["side"]} aria-label="Muster">
          <Brand organisation={organisation.name} />
          <TenantSwitcher />
          <Navigation />
          <UserMenu />
        </aside>
        <nav className={classes["top"]} aria-label="Top">
          <Burger
            opened={isOpen}
            onClick={drawer.toggle}
            aria-label="Navigation"
            aria-expanded={isOpen}
            size="sm"
          />
          <Brand organisation={organisation.name} />
        </nav>
        <Drawer opened={isOpen} onClose={drawer.close} size="18rem" title="Muster">
          <div className={classes["drawer"]}>
            <TenantSwitcher />
            <Navigation onGo={drawer.close} />
            <UserMenu onGo={drawer.close} />
          </div>
        </Drawer>
        <main id="main" tabIndex={-1} className={classes["main"]}>
          <Outlet />
        </main>
      </div>
    </>
  );
};

import { Title } from "@mantine/core";
import { useEffect, useRef, type ReactNode } from "react";
import classes from "./page-head.module.css";

type Props = {
  title: string;
  /** What is beside the title, such as a state. */
  aside?: ReactNode;
  lead?: ReactNode;
  /** Links to where this page belongs, from the top. */
  crumbs?: ReactNode[];
  actions?: ReactNode;
};

/** The page's name: in the window's title, and where reading starts after coming from another page. */
export const PageHead = ({ title, aside, lead, crumbs = [], actions }: Props) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const isAtLink = document.activeElement instanceof HTMLAnchorElement;
    if (isAtLink) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className={classes["head"]}>
      <title>{`${title} · Muster`}</title>
      <div className={classes["title"]}>
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumb">
            <ol className={classes["crumbs"]}>
              {crumbs.map((crumb, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- crumbs have no identity but their place
                <li key={index}>{crumb}</li>
              ))}
            </ol>
          </nav>
        )}
        <div className={classes["name"]}>
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {aside}
        </div>
        {lead && <p className={classes["lead"]}>{lead}</p>}
      </div>
      {actions && <div className={classes["actions"]}>{actions}</div>}
    </header>
  );
};

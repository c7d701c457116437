import { Title, VisuallyHidden } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import type { Overview } from "../api/contract.ts";
import { Section } from "../elements/section.tsx";
import classes from "./overview.module.css";
import { ButtonLink } from "../elements/button-link.tsx";

const stepsFor = ({ connections, groups }: Overview) => [
  {
    title: "Make a connection",
    text: "Muster gives you an Endpoint and a Token.",
    isDone: connections.total > 0,
  },
  {
    title: "Paste both into Entra and press Test Connection",
    text: "Then start provisioning: people and groups arrive with the first cycle.",
    isDone: connections.receiving > 0,
  },
  {
    title: "Map groups to access roles",
    text: "Until then, everybody has the default access role.",
    isDone: groups.mapped > 0,
  },
];

/** The first thing to do in a new organisation. It goes away when it is done. */
export const ConnectGuide = ({ overview }: { overview: Overview }) => {
  const steps = stepsFor(overview);
  const next = steps.findIndex(({ isDone }) => !isDone);
  return (
    <Section title="Connect Entra" lead="Three steps until people come and go by themselves.">
      <ol className={classes["steps"]}>
        {steps.map(({ title, text, isDone }, index) => (
          <li key={title}>
            <span className={`${classes["mark"]} ${isDone ? classes["done"] : ""}`} aria-hidden>
              {isDone ? <IconCheck size={16} /> : index + 1}
            </span>
            <div>
              <Title order={3}>
                {title}
                {isDone && <VisuallyHidden> (done)</VisuallyHidden>}
              </Title>
              {!isDone && <p>{text}</p>}
              {index === next && (
                <ButtonLink
                  to="/settings/integrations/scim"
                  search={index === 2 ? { tab: "roles" } : {}}
                  mt="sm"
                >
                  {index === 0 ? "Configure SCIM" : "Go to the SCIM page"}
                </ButtonLink>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
};

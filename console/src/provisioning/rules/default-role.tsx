import { Select } from "@mantine/core";
import { giveableChoices } from "../../access/roles.ts";
import type { Role } from "../../api/contract.ts";
import { Section } from "../../elements/section.tsx";
import type { Draft } from "./draft.ts";

export type RuleProps = {
  draft: Draft;
  roles: readonly Role[];
  isReadOnly: boolean;
  onEdit: (change: (draft: Draft) => Draft) => void;
};

export const DefaultRole = ({ draft, roles, isReadOnly, onEdit }: RuleProps) => (
  <Section
    title="Default access role"
    lead="For people in no mapped group, also when they are taken out of one."
  >
    <Select
      aria-label="Default access role"
      data={giveableChoices(roles)}
      value={draft.defaultRoleId}
      disabled={isReadOnly}
      maw="18rem"
      description={roles.find(({ id }) => id === draft.defaultRoleId)?.description}
      inputWrapperOrder={["input", "description"]}
      onChange={(defaultRoleId) =>
        defaultRoleId !== null && onEdit((before) => ({ ...before, defaultRoleId }))
      }
    />
  </Section>
);

import { Select } from "@mantine/core";
import { Link } from "@tanstack/react-router";
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

const nobody = "nobody";

export const DefaultRole = ({ draft, roles, isReadOnly, onEdit }: RuleProps) => (
  <Section
    title="Default access role"
    lead="For people whom no rule takes, also when they are taken out of a group."
  >
    <Select
      aria-label="Default access role"
      data={[...giveableChoices(roles), { value: nobody, label: "None: they wait in the lobby" }]}
      value={draft.defaultRoleId ?? nobody}
      disabled={isReadOnly}
      allowDeselect={false}
      maw="18rem"
      description={
        draft.defaultRoleId === null ? (
          <>
            They have no account until a rule takes them, or somebody puts them into a tenant from
            the <Link to="/lobby">lobby</Link>.
          </>
        ) : (
          roles.find(({ id }) => id === draft.defaultRoleId)?.description
        )
      }
      inputWrapperOrder={["input", "description"]}
      onChange={(value) =>
        value !== null &&
        onEdit((before) => ({ ...before, defaultRoleId: value === nobody ? null : value }))
      }
    />
  </Section>
);

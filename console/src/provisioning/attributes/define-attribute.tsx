import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ConnectionAttribute, OfferedAttribute } from "../../api/contract.ts";
import { AttributeForm, type AttributeValues } from "./attribute-form.tsx";

const empty: AttributeValues = {
  urn: "urn:ietf:params:scim:schemas:extension:",
  name: "",
  type: "string",
  multiValued: false,
  caseExact: false,
  description: "",
  shownAs: "",
};

export const DefineAttribute = ({ connectionId }: { connectionId: string }) => (
  <Dialog
    title="Define an attribute"
    button={{ label: "Define an attribute" }}
    form={{ connectionId, initial: empty }}
  />
);

type Offered = {
  connectionId: string;
  offer: OfferedAttribute;
  guess: NonNullable<OfferedAttribute["guess"]>;
};

export const DefineOffered = ({ connectionId, offer, guess }: Offered) => {
  const { urn, name } = offer;
  return (
    <Dialog
      title={`Define ${name}`}
      button={{ label: "Define", describedAs: `Define ${name}`, isSmall: true }}
      form={{ connectionId, initial: { ...empty, ...guess, urn, name } }}
    />
  );
};

type Edited = { connectionId: string; item: ConnectionAttribute };

export const EditAttribute = ({ connectionId, item }: Edited) => (
  <Dialog
    title={`Change ${item.name}`}
    button={{ label: "Change", describedAs: `Change ${item.name}`, isSmall: true }}
    form={{ connectionId, id: item.id, initial: { ...item, shownAs: item.shownAs ?? "" } }}
  />
);

type DialogProps = {
  title: string;
  button: { label: string; describedAs?: string; isSmall?: boolean };
  form: { connectionId: string; id?: string; initial: AttributeValues };
};

const Dialog = ({ title, button, form }: DialogProps) => {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button
        variant="default"
        size={button.isSmall ? "compact-sm" : "sm"}
        {...(button.describedAs !== undefined && { "aria-label": button.describedAs })}
        onClick={dialog.open}
      >
        {button.label}
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={title}>
        <AttributeForm {...form} onDone={dialog.close} />
      </Modal>
    </>
  );
};

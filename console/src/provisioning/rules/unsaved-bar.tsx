import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { PreviewDialog } from "./preview-dialog.tsx";
import classes from "./unsaved-bar.module.css";
import type { useRules } from "./use-rules.ts";

type Props = { connectionId: string; rules: ReturnType<typeof useRules> };

export const UnsavedBar = ({ connectionId, rules }: Props) => {
  const [isOpen, dialog] = useDisclosure(false);
  const { save, isSaving, discard, draft } = rules;
  return (
    <div className={classes["bar"]} role="region" aria-label="Unsaved changes">
      <span className={classes["text"]} role="status">
        Unsaved changes of the role assignments
      </span>
      <Group gap="xs" wrap="nowrap">
        <Button variant="subtle" px="sm" onClick={discard}>
          Discard
        </Button>
        <Button variant="default" px="sm" onClick={dialog.open}>
          Preview effect
        </Button>
        <Button loading={isSaving} onClick={save}>
          Save
        </Button>
      </Group>
      {isOpen && (
        <PreviewDialog
          connectionId={connectionId}
          draft={draft}
          onClose={dialog.close}
          onSave={() => {
            dialog.close();
            save();
          }}
        />
      )}
    </div>
  );
};

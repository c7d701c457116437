import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";

/** Shown when a link led here for one person or group; pressing it shows all again. */
export const SubjectFilter = ({ noun, onClear }: { noun: string; onClear: () => void }) => (
  <Button
    variant="default"
    fw={500}
    rightSection={<IconX size={14} aria-hidden />}
    aria-label={`One ${noun} only: show all`}
    onClick={onClear}
  >
    One {noun} only
  </Button>
);

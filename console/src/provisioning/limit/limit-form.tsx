import { Button, Group, NumberInput, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { fieldErrors } from "../../api/api-error.ts";
import { call } from "../../api/client.ts";
import type { RequestLimits } from "../../api/contract.ts";
import { Form } from "../../elements/form.tsx";
import { needed } from "../../elements/needed.ts";
import { ProblemNote } from "../../elements/problem-note.tsx";

type Props = { connectionId: string; limits: RequestLimits; onDone: () => void };

export const LimitForm = ({ connectionId, limits: { limit, lowestPerSecond }, onDone }: Props) => {
  const form = useForm({
    initialValues: limit ?? { perSecond: 100, burst: 200 },
    validate: {
      perSecond: needed("Enter a number of requests."),
      burst: needed("Enter a number of requests."),
    },
  });
  const save = useMutation({
    mutationFn: (wanted: typeof form.values | null) =>
      call("PUT", `/connections/${connectionId}/request-limit`, { body: { limit: wanted } }),
    meta: { shownInForm: true, done: "The request limit is saved." },
    onSuccess: onDone,
    onError: (error, values) => form.setErrors(fieldErrors(error, values ?? {})),
  });
  return (
    <Form form={form} onSend={(values) => save.mutate(values)}>
      <Stack>
        <Text size="sm">
          A limit holds for all servers together, from the next request on. Microsoft asks for at
          least {lowestPerSecond} requests a second.
        </Text>
        <ProblemNote error={save.error} />
        <NumberInput
          label="Requests a second"
          required
          min={1}
          max={100_000}
          allowDecimal={false}
          data-autofocus
          {...form.getInputProps("perSecond")}
        />
        <NumberInput
          label="At once, after a rest"
          description="So many may come together before the limit is felt."
          required
          min={1}
          max={1_000_000}
          allowDecimal={false}
          {...form.getInputProps("burst")}
        />
        <Group justify="flex-end">
          {limit && (
            <Button
              variant="subtle"
              mr="auto"
              ml={-12}
              loading={save.isPending}
              onClick={() => save.mutate(null)}
            >
              Take the limit away
            </Button>
          )}
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </Form>
  );
};

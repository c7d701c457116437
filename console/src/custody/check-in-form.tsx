import { Button, Group, SegmentedControl, Select, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { fieldErrors } from "../api/api-error.ts";
import { call } from "../api/client.ts";
import type { Asset, Custody } from "../api/contract.ts";
import { ChoiceSelect } from "../assets/choice-select.tsx";
import { statusesQuery } from "../assets/queries.ts";
import { ProblemNote } from "../elements/problem-note.tsx";
import { showSuccess } from "../elements/toast.tsx";

type Outcome = NonNullable<Custody["outcome"]>;
type Props = { asset: Asset; holder: string; onDone: () => void };

const outcomes: { value: Outcome; label: string }[] = [
  { value: "returned", label: "Returned" },
  { value: "written-off", label: "Written off" },
];

export const CheckInForm = ({ asset, holder, onDone }: Props) => {
  const { data: statuses = [] } = useQuery(statusesQuery(asset.tenant.id));
  const form = useForm({
    initialValues: {
      outcome: "returned" as Outcome,
      statusId: asset.status.id as string | null,
      locationId: asset.location?.id ?? null,
      note: "",
    },
    validate: {
      statusId: (statusId) => (statusId === null ? "Choose what has become of it." : null),
    },
  });
  const checkIn = useMutation({
    mutationFn: ({ outcome, statusId, locationId, note }: typeof form.values) =>
      call<Asset>("POST", `/assets/${asset.id}/check-in`, {
        body: { outcome, statusId, locationId, note: note.trim() || null },
      }),
    meta: { shownInForm: true },
    onSuccess: (_, { outcome }) => {
      showSuccess(
        outcome === "returned" ? `Returned by ${holder}.` : `Written off: ${holder} no longer has to return it.`,
      );
      onDone();
    },
    onError: (error, values) => form.setErrors(fieldErrors(error, values)),
  });
  const isLost = form.values.outcome === "written-off";
  const fitting = statuses.filter(({ kind }) => !isLost || kind !== "deployable");
  const changeOutcome = (value: string) => {
    const wasReady = asset.status.kind === "deployable";
    form.setFieldValue("outcome", value as Outcome);
    form.setFieldValue("statusId", value === "written-off" && wasReady ? null : asset.status.id);
  };
  return (
    <form onSubmit={form.onSubmit((values) => checkIn.mutate(values))} noValidate>
      <Stack>
        <ProblemNote error={checkIn.error} />
        <SegmentedControl
          aria-label="Outcome"
          data={outcomes}
          value={form.values.outcome}
          onChange={changeOutcome}
        />
        <Text c="dimmed" size="sm">
          {isLost
            ? `It will not come back from ${holder}: it is lost, stolen or beyond repair.`
            : `${holder} has given it back.`}
        </Text>
        <Select
          label="Status"
          required
          placeholder="Choose a status"
          data={fitting.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps("statusId")}
        />
        {!isLost && (
          <ChoiceSelect
            label="Location"
            options="locations"
            tenantId={asset.tenant.id}
            {...form.getInputProps("locationId")}
          />
        )}
        <Textarea
          label="Note"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={1000}
          {...form.getInputProps("note")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={checkIn.isPending} {...(isLost && { color: "red" })}>
            {isLost ? "Write off" : "Check in"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

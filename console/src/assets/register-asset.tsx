import { Button, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { call } from "../api/client.ts";
import type { Asset } from "../api/contract.ts";
import { useIsHere } from "../app-shell/use-is-here.ts";
import { showSuccess } from "../elements/toast.tsx";
import { AssetForm } from "./asset-form.tsx";
import { callAsset } from "./call-asset.ts";

export const RegisterAsset = () => {
  const [isOpen, drawer] = useDisclosure(false);
  const navigate = useNavigate();
  const isHere = useIsHere();
  const register = useMutation({
    mutationFn: (body: object) => call<Asset>("POST", "/assets", { body }),
    meta: { shownInForm: true },
    onMutate: () => isHere,
    onSuccess: (asset, _values, isStillHere) => {
      showSuccess(`${callAsset(asset)} is registered.`);
      if (isStillHere()) void navigate({ to: "/assets/$id", params: { id: asset.id } });
    },
  });
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={drawer.open}>
        Register an asset
      </Button>
      <Drawer opened={isOpen} onClose={drawer.close} position="right" title="Register an asset">
        <AssetForm deed="Register" saving={register} onCancel={drawer.close} />
      </Drawer>
    </>
  );
};

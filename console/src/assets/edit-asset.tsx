import { Button, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { call } from "../api/client.ts";
import type { Asset } from "../api/contract.ts";
import { showSuccess } from "../elements/toast.tsx";
import { AssetForm } from "./asset-form.tsx";
import { callAsset } from "./call-asset.ts";

export const EditAsset = ({ asset }: { asset: Asset }) => {
  const [isOpen, drawer] = useDisclosure(false);
  const change = useMutation({
    mutationFn: (body: object) => call<Asset>("PATCH", `/assets/${asset.id}`, { body }),
    meta: { shownInForm: true },
    onSuccess: (saved) => {
      showSuccess(`${callAsset(saved)} is saved.`);
      drawer.close();
    },
  });
  return (
    <>
      <Button variant="default" onClick={drawer.open}>
        Edit
      </Button>
      <Drawer opened={isOpen} onClose={drawer.close} position="right" title={`Edit ${asset.tag}`}>
        <AssetForm asset={asset} deed="Save" saving={change} onCancel={drawer.close} />
      </Drawer>
    </>
  );
};

// Django's autocomplete field with a thumbnail of each picture.
{
  const $ = window.django.jQuery;

  function optionLabel(item) {
    const thumbnail = item.thumbnail || item.element?.dataset.thumbnail;
    if (!thumbnail) return item.text;
    const picked = document.createElement("span");
    picked.className = "picked";
    const image = document.createElement("img");
    image.src = thumbnail;
    image.alt = "";
    picked.append(image, item.text);
    return $(picked);
  }

  function addThumbnails(element) {
    const { appLabel, modelName, fieldName } = element.dataset;
    $(element).select2({
      ajax: {
        data: ({ term, page }) => ({ term, page, app_label: appLabel, model_name: modelName, field_name: fieldName }),
      },
      templateResult: optionLabel,
      templateSelection: optionLabel,
    });
  }

  $(() => document.querySelectorAll("select.photo-picker:not([name*=__prefix__])").forEach(addThumbnails));
}

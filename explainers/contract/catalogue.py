"""The built-in explainers, a line each; libraries are imported when an explainer is used, not when it is listed."""

from dataclasses import dataclass

BLACK, WHITE = "black box", "white box"


@dataclass(frozen=True)
class Entry:
    """An explainer as it is listed: name, what makes it ("module:attribute"), what it sees, library, publication.

    `samples`: whether it has a setting of this name, the model queries that an explanation may take.
    """

    name: str
    target: str
    access: str = ""
    library: str = ""
    reference: str = ""
    samples: bool = False


def _built_in(name: str, place: str, access: str, library: str, reference: str, samples: bool = False) -> Entry:
    return Entry(name, f"veracity_bench.explainers.{place}", access, library, reference, samples)


BUILT_IN = (
    _built_in("lime", "lime:Lime", BLACK, "lime", "Ribeiro et al. 2016", samples=True),
    _built_in("lime-captum", "lime_captum:CaptumLime", BLACK, "captum", "Ribeiro et al. 2016", samples=True),
    _built_in("kernel-shap", "shap_samplers:KernelShap", BLACK, "shap", "Lundberg and Lee 2017", samples=True),
    _built_in("permutation-shap", "shap_samplers:PermutationShap", BLACK, "shap", "Mitchell et al. 2022", samples=True),
    _built_in("partition-shap", "shap_samplers:PartitionShap", BLACK, "shap", "Owen 1977", samples=True),
    _built_in("sampling-shap", "shap_samplers:SamplingShap", BLACK, "shap", "Strumbelj et al. 2014", samples=True),
    _built_in("feature-ablation", "feature_ablation:FeatureAblation", BLACK, "captum", "Covert et al. 2021"),
    _built_in("occlusion", "occlusion:Occlusion", BLACK, "captum", "Zeiler and Fergus 2014"),
    _built_in("leave-one-in", "leave_one_in:LeaveOneIn", BLACK, "", "Covert et al. 2021"),
    _built_in("rise", "rise:Rise", BLACK, "", "Petsiuk et al. 2018", samples=True),
    # those that look into the detector
    _built_in("saliency", "saliency:Saliency", WHITE, "captum", "Simonyan et al. 2014"),
    _built_in("input-x-gradient", "input_x_gradient:InputXGradient", WHITE, "captum", "Shrikumar et al. 2016"),
    _built_in("smooth-grad", "smooth_grad:SmoothGrad", WHITE, "captum", "Smilkov et al. 2017"),
    _built_in(
        "integrated-gradients", "integrated_gradients:IntegratedGradients", WHITE, "captum", "Sundararajan et al. 2017"
    ),
    _built_in("gradient-shap", "gradient_shap:GradientShap", WHITE, "captum", "Lundberg and Lee 2017"),
    _built_in("deep-lift", "deep_lift:DeepLift", WHITE, "captum", "Shrikumar et al. 2017"),
    _built_in("deep-shap", "deep_shap:DeepShap", WHITE, "shap", "Lundberg and Lee 2017"),
    _built_in("guided-backprop", "guided_backprop:GuidedBackprop", WHITE, "captum", "Springenberg et al. 2015"),
    _built_in("deconvolution", "deconvolution:Deconvolution", WHITE, "captum", "Zeiler and Fergus 2014"),
    _built_in("grad-cam", "grad_cam:GradCam", WHITE, "captum", "Selvaraju et al. 2017"),
    _built_in("guided-grad-cam", "guided_grad_cam:GuidedGradCam", WHITE, "captum", "Selvaraju et al. 2017"),
    _built_in("lrp", "lrp:Lrp", WHITE, "captum", "Bach et al. 2015; Montavon et al. 2019"),
)

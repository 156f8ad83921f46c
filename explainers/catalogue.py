"""The built-in explainers, a line each; libraries are imported when an explainer is used, not when it is listed."""

from dataclasses import dataclass

BLACK, WHITE = "black box", "white box"


@dataclass(frozen=True)
class Entry:
    """A row of the board: what makes it ("module:attribute"), what it sees, whose code it is, who describes it.

    `samples` tells that it has a setting of this name: the model queries that an explanation may take.
    """

    name: str
    target: str
    access: str = ""
    library: str = ""
    reference: str = ""
    samples: bool = False


BUILT_IN = (
    Entry("lime", "explainers.lime:Lime", BLACK, "lime", "Ribeiro et al. 2016", samples=True),
    Entry("lime-captum", "explainers.captum_lime:CaptumLime", BLACK, "captum", "Ribeiro et al. 2016", samples=True),
    Entry("kernel-shap", "explainers.shap_game:KernelShap", BLACK, "shap", "Lundberg and Lee 2017", samples=True),
    Entry(
        "permutation-shap", "explainers.shap_game:PermutationShap", BLACK, "shap", "Mitchell et al. 2022", samples=True
    ),
    Entry("partition-shap", "explainers.shap_game:PartitionShap", BLACK, "shap", "Owen 1977", samples=True),
    Entry("sampling-shap", "explainers.shap_game:SamplingShap", BLACK, "shap", "Strumbelj et al. 2014", samples=True),
    Entry("feature-ablation", "explainers.feature_ablation:FeatureAblation", BLACK, "captum", "Covert et al. 2021"),
    Entry("occlusion", "explainers.occlusion:Occlusion", BLACK, "captum", "Zeiler and Fergus 2014"),
    Entry("leave-one-in", "explainers.leave_one_in:LeaveOneIn", BLACK, "", "Covert et al. 2021"),
    Entry("rise", "explainers.rise:Rise", BLACK, "", "Petsiuk et al. 2018", samples=True),
    # those that look into the detector
    Entry("saliency", "explainers.gradients:Saliency", WHITE, "captum", "Simonyan et al. 2014"),
    Entry("input-x-gradient", "explainers.gradients:InputXGradient", WHITE, "captum", "Shrikumar et al. 2016"),
    Entry("smooth-grad", "explainers.gradients:SmoothGrad", WHITE, "captum", "Smilkov et al. 2017"),
    Entry("integrated-gradients", "explainers.path:IntegratedGradients", WHITE, "captum", "Sundararajan et al. 2017"),
    Entry("gradient-shap", "explainers.path:GradientShap", WHITE, "captum", "Lundberg and Lee 2017"),
    Entry("deep-lift", "explainers.deep:DeepLift", WHITE, "captum", "Shrikumar et al. 2017"),
    Entry("deep-shap", "explainers.deep:DeepShap", WHITE, "shap", "Lundberg and Lee 2017"),
    Entry("guided-backprop", "explainers.guided:GuidedBackprop", WHITE, "captum", "Springenberg et al. 2015"),
    Entry("deconvolution", "explainers.guided:Deconvolution", WHITE, "captum", "Zeiler and Fergus 2014"),
    Entry("grad-cam", "explainers.cam:GradCam", WHITE, "captum", "Selvaraju et al. 2017"),
    Entry("guided-grad-cam", "explainers.cam:GuidedGradCam", WHITE, "captum", "Selvaraju et al. 2017"),
    Entry("lrp", "explainers.lrp:Lrp", WHITE, "captum", "Bach et al. 2015; Montavon et al. 2019"),
)

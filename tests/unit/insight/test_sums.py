"""Sums within one text: sixty sentences that agree, sixty that do not, all invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.sum_check import SumKind
from tracker.insight.sums import check_text, passage_of

AGREE = (
    "全县共有任务38项，其中已完成13项、推进中20项、未启动5项。",
    "全县共有任务38项，已完成13项，推进中20项，未启动5项。",
    "共有三十八项任务，十三项已完成、二十项推进中、五项未启动。",
    "共排查隐患50处，已整改45处，其中立行立改30处，剩余5处正在整改。",
    "共排查隐患50处，已整改45处，未整改5处。",
    "现有干部60名，其中党员45名、女干部28名、35岁以下20名。",
    (
        "引进项目9个，总投资2.46亿元。其中储备项目2个，总投资0.36亿元，在谈项目4个，总投资0.75亿元，"
        "签约项目3个，总投资1.35亿元。"
    ),
    (
        "在库产业项目63个，总投资80.5亿元，其中亿元以上产业项目19个，总投资61.2亿元，现有意向、洽谈项目22个，"
        "总投资35.4亿元。"
    ),
    "计划改造50户，已验收30户、完工35户，剩余15户。",
    "新建5公里、改造8公里，合计13公里。",
    "青石镇12户、柳河镇15户等8个镇，共60户。",
    "完成投资5亿元，其中总投资10亿元的粮库项目已经开工。",
    "年度计划新建步道20公里，已完成23公里，超额完成年度任务。",
    "涉及征迁62户，已签约40户、腾空35户，剩余22户。",
    "共有床位500张，本月投用40张，剩余护理床位80张。",
    "共梳理问题48个，本月完成整改5个，剩余20个正在推进。",
    "约有农户300户，已改厕180户，未改厕100户。",
    "检查发现问题630多个，当场整改510多个，限期整改98个。",
    "安排资金500万元（中央补助300万元）。",
    "新增岗位500个（公益性岗位120个、见习岗位80个）。",
    "隐患52处（甲片27处、乙片12处、丙片13处）均已交办。",
    "任务52项：县级27项，镇级12项，村级13项。",
    "总投资1.5亿元，其中一期0.52亿元、二期4300万元、三期5500万元。",
    "全县建成公路120公里，其中硬化路98.6公里。",
    "培训12期，其中夜校课堂30人次以上的有5期。",
    "建成调解室12个，其中人民调解员30个名额已分配到位。",
    "共受理诉求1,286件，已办结1,240件，正在办理46件。",
    "开展检查3轮，检查企业86家，发现隐患132条，已整改120条。",
    "整治村庄20个，完成18个；清理沟渠30条，完成22条。",
    "已整改6215处，占7360处的84.44%。",
    "1—9月全县预算收入118260万元，完成年预算176500万元的67.0%，比上年同期下降6.3%。",
    "今年完成5000户，累计完成6215户，占7360户的84.44%。",
    "共有任务38项，其中已完成13项，占34.2%，推进中20项，占52.6%，未启动5项，占13.2%。",
    "排查隐患50处，立行立改整改30处，限期整改15处，整改率90%。",
    "共有任务38项，其中已完成13项、推进中20项、未启动5项，分别占34.2%、52.6%、13.2%（以38项计）。",
    "任务37项，已完成33项，完成率89.2%（33/37）。",
    "计划投资10亿元，已完成7.5亿元，占年度计划的75%。",
    "敬老院床位由120张增至150张，增长25%。",
    "办事满意率由86%提高到93%，提高7个百分点。",
    "完成改厕150户，较上年同期120户增长25%。",
    "完成年度计划的66.4%，低于序时进度75%，差8.6个百分点。",
    "完成年度计划的80%，超过序时进度75%。",
    "扣除调整的2项，应完成38项，已完成（含已销号）13项，完成率34.2%。",
    "争取资金3亿元，其中省级1.2亿元，占全市的34%。",
    "项目38个，已开工30个，投资完成率62%。",
    "受理案件8起，同比下降50%；办结案件5起，同比上升25%。",
    "高中阶段毛入学率105%，工业投资增长112%，为上年的135%。",
    "任务128项，其中7项调整不计入，完成100项，完成率82.6%。",
    "抽检农产品260批次，合格256批次，不合格4批次，合格率98.4%。",
    "接待来访108批次326人次，其中集体访6批次90人次。",
    "流转土地1.2万亩，其中种粮8600亩、种菜2100亩、种果1300亩。",
    "参训学员96人，其中男61人、女35人，平均年龄41岁。",
    "全年目标200套，一季度交付40套，二季度交付65套，上半年共交付105套。",
    "拟建垃圾分类亭60座，已建成42座，正在施工12座，因选址未定尚未开工6座。",
    "拨付资金860万元，其中村级公益金310万元、产业奖补420万元，其余130万元用于管护。",
    "按时反馈28家，逾期反馈3家，应反馈31家。",
    "建成投用充电桩312根，占计划300根的104%。",
    "从3月至5月，共开展巡查45次，整改问题30个，占排查总数的六成。",
    "出栏生猪4.6万头，比去年同期4.4万头增长4.5%。",
    "人均用时由12天压减至9天，压减25%，惠及企业120家。",
    "三个片区征收128户，分别为40户、52户、36户。",
    "已签约30户，未签约15户，应签约48户，其中未签约含5户租户。",
    "新建改建学校8所，新增学位2400个，其中小学1500个、初中900个。",
)

DIFFER = (
    ("全县共有任务38项，其中已完成13项、推进中20项、未启动4项。", SumKind.PARTS, "13＋20＋4＝37"),
    ("全县共有任务38项，已完成13项，推进中20项，未启动4项。", SumKind.PARTS, "37"),
    ("共有三十八项任务，十三项已完成、二十项推进中、四项未启动。", SumKind.PARTS, "37"),
    ("共排查隐患50处，已整改45处，未整改6处。", SumKind.PARTS, "45＋6＝51"),
    ("共排查隐患50处，已整改45处，剩余6处正在整改。", SumKind.PARTS, "51"),
    ("共排查隐患50处，已整改52处。", SumKind.ABOVE, "52处大于50处"),
    ("任务52项（县级27项、镇级12项、村级12项）均已交办。", SumKind.PARTS, "51"),
    ("任务52项：县级27项，镇级12项，村级12项。", SumKind.PARTS, "51"),
    ("新建5公里、改造8公里，合计15公里。", SumKind.PARTS, "5＋8＝13，文中为15"),
    ("改造50户，已完工30户，剩余15户。", SumKind.PARTS, "30＋15＝45"),
    ("任务38项，其中：已完成13项；推进中20项；未启动4项。", SumKind.PARTS, "37"),
    ("落实资金500万元，其中中央资金600万元。", SumKind.ABOVE, "600万元"),
    ("共受理诉求1,286件，已办结1,240件，未办结36件。", SumKind.PARTS, "1276"),
    (("引进项目9个，总投资2.46亿元。其中储备项目2个，总投资0.36亿元，在谈项目4个，总投资0.75亿元，"
     "其余4个，总投资1.35亿元。"), SumKind.PARTS, "2＋4＋4＝10"),
    ("拟建分类亭60座，已建成42座，在建12座，未开工5座。", SumKind.PARTS, "59"),
    ("拨付资金860万元，其中公益金310万元、产业奖补420万元，其余180万元", SumKind.PARTS, "910"),
    ("参训学员96人，其中男61人、女34人。", SumKind.PARTS, "95"),
    ("抽检农产品260批次，合格256批次，不合格6批次。", SumKind.PARTS, "262"),
    ("一是隐患38处（甲片12处、乙片15处、丙片10处）已交办。", SumKind.PARTS, "37"),
    ("道路类27个、水利类12个、文教类12个，共52个。", SumKind.PARTS, "51"),
    ("储备项目52个，其中道路类27个、水利类12个、文教类12个。", SumKind.PARTS, "51"),
    ("三个片区征收128户，分别为40户、52户、34户。", SumKind.PARTS, "126"),
    ("青石镇12户、柳河镇15户、白杨镇9户，共计38户。", SumKind.PARTS, "36"),
    ("承担任务31項，其中已完成11項、推進中17項、未啟動4項。", SumKind.PARTS, "32"),
    ("任务２８项，其中已办结１９项，正在办理６项，未启动２项。", SumKind.PARTS, "27"),
    ("应签约48户，已签约30户，未签约15户。", SumKind.PARTS, "45"),
    ("摸排老旧电梯86台，已更新64台，尚未更新20台。", SumKind.PARTS, "84"),
    ("全镇共有危房74户，已改造完成71户，剩余5户本月底完工。", SumKind.PARTS, "76"),
    ("下达任务56项，其中完成39项、正在推进12项、滞后3项、未启动1项。", SumKind.PARTS, "55"),
    ("提案60件，其中已办复52件，未办复9件。", SumKind.PARTS, "61"),
    ("已整改6215处，占7360处的98.44%。", SumKind.SHARE, "6215÷7360＝84.44%"),
    ("其中4项（占16项的35%）未启动。", SumKind.SHARE, "4÷16＝25%"),
    ("应开复工25个，已开复工17个，开复工率58%。", SumKind.SHARE, "17÷25＝68%"),
    ("计划投资10亿元，已完成7.5亿元，占年度计划的85%。", SumKind.SHARE, "75%"),
    ("任务37项，完成率98.2%（33/37）。", SumKind.SHARE, "33÷37＝89.19%"),
    ("任务128项，已完成100项，完成率82%。", SumKind.SHARE, "78.13%"),
    ("1—9月收入118260万元，完成年预算176500万元的76.0%。", SumKind.SHARE, "＝67%"),
    ("任务38项，其中已完成13项（占43.2%）。", SumKind.SHARE, "34.21%"),
    ("共有任务38项，其中已完成13项、推进中20项、未启动5项，分别占34.2%、56.2%、13.2%（以38项计）。",
     SumKind.SHARE, "20÷38＝52.63%"),
    ("共排查隐患50处，已整改45处，整改率95%。", SumKind.SHARE, "45÷50＝90%"),
    ("受理事项640件，已办结608件，办结率达到97%。", SumKind.SHARE, "95%"),
    ("应反馈31家，已反馈28家，反馈率93.3%。", SumKind.SHARE, "90.32%"),
    ("建设总任务1.2万亩，已完成9000亩，占总任务的85%。", SumKind.SHARE, "75%"),
    ("抽检260批次，合格256批次，合格率96.4%。", SumKind.SHARE, "98.46%"),
    ("到位资金2.4亿元，占计划总投资3.2亿元的80%。", SumKind.SHARE, "75%"),
    ("应改12户，实改9户，占总户数的80%。", SumKind.SHARE, "75%"),
    ("敬老院床位由120张增至150张，增长20%。", SumKind.GROWTH, "（150－120）÷120＝25%"),
    ("办事满意率由86%提高到93%，提高8个百分点。", SumKind.GROWTH, "93－86＝7"),
    ("完成改厕150户，较上年同期120户增长20%。", SumKind.GROWTH, "25%"),
    ("用工人数从800人增加到920人，增加130人。", SumKind.GROWTH, "920－800＝120"),
    ("审批环节由20个压减到15个，减少30%。", SumKind.GROWTH, "（20－15）÷20＝25%"),
    ("完成年度计划的66.4%，达到序时进度75%。", SumKind.PACE, "66.4%"),
    ("完成年度计划的66.4%，低于序时进度75%，差9.6个百分点。", SumKind.PACE, "＝8.6，"),
    ("完成全年任务的78%，落后于序时进度75%。", SumKind.PACE, "78%"),
    ("问题整改率108%，群众满意率96%。", SumKind.ABOVE, "超过100%"),
    ("群众知晓率达101.5%。", SumKind.ABOVE, "超过100%"),
    ("已完成占60%、推进中占30%、未启动占5%。", SumKind.WHOLE, "95%"),
    ("合格的占92.5%，不合格的占8.5%。", SumKind.WHOLE, "101"),
    ("应拆除82处，已拆除85处。", SumKind.ABOVE, "85处"),
    ("剩余-3户尚未签约，其余均已完成。", SumKind.ABOVE, "负数"),
)  # fmt: skip


@pytest.mark.parametrize("text", AGREE)
def test_what_adds_up_or_cannot_be_known_is_left_alone(text):
    assert check_text(text) == ()


@pytest.mark.parametrize(("text", "kind", "said"), DIFFER)
def test_what_does_not_add_up_is_shown_with_its_reckoning(text, kind, said):
    found = check_text(text)
    assert [slip.kind for slip in found] == [kind]
    assert said in found[0].reckoning


@pytest.mark.parametrize("text", AGREE)
def test_half_width_signs_and_old_characters_change_nothing(text):
    assert check_text(text.translate(str.maketrans("，；：（）", ",;:()"))) == ()
    assert check_text(text.translate(str.maketrans("项个户处", "項個戶處"))) == ()


_STATES = ("已完成", "推进中", "未启动")


@given(st.integers(1, 90), st.integers(200, 400), st.integers(1000, 1500), st.integers(-9, 9))
def test_three_states_are_pointed_out_exactly_where_they_miss_the_total(one, two, three, off):
    parts = (three, two, one)
    total = sum(parts) + off
    said = "、".join(f"{word}{n}项" for word, n in zip(_STATES, parts, strict=True))
    found = check_text(f"全县共有任务{total}项，其中{said}。")
    if off == 0:
        assert found == ()
    else:
        assert [slip.kind for slip in found] == [SumKind.PARTS]
        assert found[0].reckoning.endswith(f"＝{sum(parts)}，文中为{total}")


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from((0, 1, 2)))
def test_a_share_rounded_or_cut_off_is_never_pointed_out(one, other, digits):
    part, whole = sorted((one, other))
    exact = part * 100 * 10**digits // whole
    for printed in (exact, exact + (part * 100 * 10**digits % whole * 2 >= whole)):
        share = f"{printed / 10**digits:.{digits}f}"
        assert check_text(f"共排查隐患{whole}处，已整改{part}处，整改率{share}%。") == ()
        assert check_text(f"已整改{part}处，占{whole}处的{share}%。") == ()


@given(
    st.text(
        alphabet="共其中完成未剩余占的率由至增长序时，。、；：（）0123456789项个万亿元%户约一十",
        max_size=60,
    )
)
def test_any_text_is_read_without_failing_and_spans_lie_within_it(text):
    for slip in check_text(text):
        assert slip.spans == tuple(sorted(slip.spans))
        assert all(0 <= start < end <= len(text) for start, end in slip.spans)


def test_the_numbers_shown_are_those_of_the_text_as_printed():
    text = "任务２８項，其中已辦結１９項，正在辦理６項，未啟動２項。"
    (slip,) = check_text(text)
    assert [text[s:e] for s, e in slip.spans] == ["２８項", "１９項", "６項", "２項"]


def test_a_passage_is_the_whole_sentences_that_hold_the_numbers():
    text = "先说一句。共排查隐患50处，已整改45处，未整改6处。再说一句。"
    (slip,) = check_text(text)
    start, end = passage_of(text, slip.spans)
    assert text[start:end] == "共排查隐患50处，已整改45处，未整改6处。"

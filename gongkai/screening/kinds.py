"""The table of kinds: what can be found, how grave it is, who may settle it, and what to do
about it.

The table is data on purpose: a settlement asks the kind, never a chain of ifs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["block", "review", "note"]
Verdict = Literal["clean", "review", "block", "unreadable"]
Settling = Literal["one", "two", "never"]


@dataclass(frozen=True, slots=True)
class Kind:
    """``settling``: who may let it pass: one reviewer, two different people, or nobody
    ("never").
    """

    code: str
    label: str
    severity: Severity
    rule: str
    settling: Settling
    advice: str
    unreadable: bool = False

    @property
    def overridable(self) -> bool:
        """False where only removing it, or asking the secrecy office, is left (e.g. secrecy
        marks).
        """
        return self.settling != "never"

    @property
    def needs_second_person(self) -> bool:
        """True where one reviewer alone may not let it pass."""
        return self.settling == "two"


_MASK = "请按本站统一规则遮盖，或删去"
_CLEAN = "请在原软件里清除后另存为新文件，再重新上传"

_ROWS: tuple[Kind, ...] = (
    Kind("id18", "居民身份证号", "block", "PI-ID18", "two", f"{_MASK}；公示名单一般不需要证件号。"),
    Kind(
        "id18_typo",
        "疑似写错的身份证号",
        "review",
        "PI-ID18-TYPO",
        "two",
        f"校验位不符，可能是录入错误的身份证号；{_MASK}。",
    ),
    Kind(
        "id15",
        "疑似15位旧身份证号",
        "review",
        "PI-ID15",
        "two",
        f"请核对是不是旧身份证号；如是，{_MASK}。",
    ),
    Kind(
        "id_masked",
        "身份证号遮盖不足",
        "review",
        "PI-IDMASK",
        "two",
        "请只留前3位和后2位；第7至14位是出生日期，任何情况下都不能露出。",
    ),
    Kind(
        "minor",
        "未成年人信息",
        "block",
        "PI-MINOR",
        "two",
        "涉及未成年人，请删去姓名、学校、监护人和证件号；一个人不能放行。",
    ),
    Kind(
        "mobile",
        "手机号码",
        "block",
        "PI-MOBILE",
        "two",
        f"{_MASK}；如是对外公布的办公手机，请先登记到办公电话表。",
    ),
    Kind("landline", "固定电话", "note", "PI-PHONE", "one", "请确认是办公电话；私人电话只留区号。"),
    Kind("bank_card", "银行卡号", "block", "PI-CARD", "two", "请只留后4位，或删去整列。"),
    Kind(
        "passport", "护照、通行证或军人证件号", "block", "PI-PERMIT", "two", "请只留后3位，或删去。"
    ),
    Kind(
        "plate", "车牌号", "review", "PI-PLATE", "one", "私人车牌请只留后3位；公务车可说明后放行。"
    ),
    Kind(
        "address", "住址", "review", "PI-ADDRESS", "one", "请只写到乡镇、街道一级，去掉门牌和房号。"
    ),
    Kind("email", "电子邮箱", "note", "PI-MAIL", "one", "请确认是办公邮箱；私人邮箱请遮盖。"),
    Kind(
        "sensitive",
        "疾病、残疾、困难原因等敏感个人信息",
        "review",
        "PI-SENSITIVE",
        "two",
        "与具体个人写在一起的病情、残疾、困难原因请删去。",
    ),
    Kind(
        "name_list",
        "名单中姓名与其他个人信息并列",
        "block",
        "PI-LIST",
        "two",
        "公示名单只留依法应当公示的列；证件号、电话、住址、病情、账号列请删去或遮盖。",
    ),
    Kind(
        "person_name",
        "自然人姓名",
        "review",
        "PI-NAME",
        "one",
        "请核对能否写真名：一般当事人写“张某某”；未成年人、受害人、家事当事人不写姓名。",
    ),
    Kind(
        "secrecy_mark",
        "国家秘密标志",
        "block",
        "SEC-MARK",
        "never",
        "不能在本系统处理和放行。请立即停止上传，删除副本，报本单位保密工作机构。",
    ),
    Kind(
        "secret_number",
        "密电、密函等涉密文号",
        "block",
        "SEC-NUMBER",
        "never",
        "疑似涉密文件的文号。请报本单位保密工作机构确认，本系统内不能放行。",
    ),
    Kind(
        "internal_mark",
        "内部文件标志",
        "block",
        "SEC-INTERNAL",
        "two",
        "标明内部使用的材料不能公开；确需公开的，先由制发机关去除标志。",
    ),
    Kind(
        "publication_mark",
        "公开属性标注与主动公开不符",
        "review",
        "SEC-ATTRIBUTE",
        "two",
        "文件标注为依申请公开、删减后公开等，请先确认公开属性。",
    ),
    Kind(
        "draft_mark",
        "草稿标志",
        "review",
        "SEC-DRAFT",
        "one",
        "征求意见稿、送审稿一般不公开；公开征求意见的请说明。",
    ),
    Kind(
        "copy_number",
        "份号",
        "review",
        "SEC-COPY",
        "two",
        "首页的六位数字可能是涉密或内部文件的份号，请核对原件；是份号的不能公开。",
    ),
    Kind(
        "place_data",
        "重要地点的精确坐标",
        "review",
        "SEC-PLACE",
        "two",
        "请删去精确坐标；地图和地理数据公开前须由保密、自然资源部门核对。",
    ),
    Kind(
        "map_number",
        "地图未见审图号",
        "note",
        "SEC-MAP",
        "one",
        "公开地图须标注审图号；请确认用的是标准地图，或已送自然资源部门审核。",
    ),
    Kind(
        "credential",
        "口令或密钥",
        "block",
        "NET-SECRET",
        "two",
        "请删去，并立即更换这个口令或密钥。",
    ),
    Kind(
        "inner_address",
        "内部网络地址",
        "review",
        "NET-ADDRESS",
        "one",
        "请删去内部网络地址；设备台账不得公开。",
    ),
    Kind("word", "本单位词表中的词", "review", "SITE-WORD", "one", "请按本单位词表的要求核对。"),
    Kind("hidden_text", "看不见的内容", "block", "FILE-HIDDEN", "two", f"{_CLEAN}。"),
    Kind(
        "tracked_change",
        "修订痕迹",
        "block",
        "FILE-TRACK",
        "two",
        f"请接受或拒绝全部修订；{_CLEAN}。",
    ),
    Kind("comment", "批注", "block", "FILE-COMMENT", "two", f"请删除全部批注；{_CLEAN}。"),
    Kind(
        "properties",
        "文件属性中的姓名、单位",
        "note",
        "FILE-PROPERTIES",
        "one",
        "请用“检查文档”清除作者、单位等属性。",
    ),
    Kind(
        "earlier_revision",
        "文件里留有早期版本",
        "block",
        "FILE-REVISION",
        "two",
        "请重新导出一份新的PDF，不要在原PDF上修改后保存。",
    ),
    Kind(
        "attachment",
        "文件内嵌了附件",
        "review",
        "FILE-ATTACHED",
        "one",
        "请确认内嵌的文件也要公开；不需要的请去掉。",
    ),
    Kind(
        "outside_part",
        "打开时会从别处取内容",
        "review",
        "FILE-OUTSIDE",
        "two",
        "文件引用了别处的模板、图片或对象，打开时会自动去取；请改为嵌入或断开链接后重新上传。",
    ),
    Kind(
        "old_format",
        "旧格式分不清正文和已删除的内容",
        "review",
        "FILE-OLD",
        "two",
        "doc、ppt等旧格式里，系统分不清哪些字已经删除；请另存为docx、xlsx、pptx后重新上传。",
    ),
    Kind(
        "script",
        "文件里有脚本或自动动作",
        "block",
        "FILE-SCRIPT",
        "never",
        "请重新导出一份不带脚本的文件。",
    ),
    Kind(
        "macro",
        "文件带宏",
        "block",
        "FILE-MACRO",
        "never",
        "请另存为不带宏的docx、xlsx后重新上传。",
    ),
    Kind(
        "mismatch",
        "扩展名与内容不符",
        "block",
        "FILE-MISMATCH",
        "never",
        "请用原软件打开确认，按真实格式另存后重新上传。",
    ),
    Kind(
        "image_page",
        "只有图像、没有文字的页面",
        "review",
        "FILE-IMAGE",
        "two",
        "系统读不出图像里的字，请由人逐行看过后确认，或换成文字版。",
    ),
    Kind(
        "image_text",
        "图片内容未经文字识别",
        "note",
        "FILE-PICTURE",
        "one",
        "系统不识别图片里的字，请看一遍图片里有没有名单、证件和标志。",
    ),
    Kind(
        "film",
        "视频须由人看过",
        "review",
        "FILE-FILM",
        "one",
        "系统看不了视频，请从头到尾看一遍，确认没有人脸、证件、车牌和不宜公开的声音后写明。",
    ),
    Kind(
        "image_place",
        "照片带拍摄位置",
        "review",
        "FILE-GPS",
        "one",
        "请去掉照片的位置信息（另存或截图）后重新上传。",
    ),
    Kind(
        "too_many",
        "发现的问题过多",
        "block",
        "LIMIT-FINDINGS",
        "never",
        "问题太多，未逐条列出；请先整体处理后重新上传。",
    ),
    Kind(
        "unreadable",
        "无法审查的文件",
        "block",
        "FILE-UNREADABLE",
        "never",
        "没有审查就不能公开。请换成docx、xlsx、pdf、txt、csv或常见图片后重新上传。",
        True,
    ),
)

KINDS: dict[str, Kind] = {row.code: row for row in _ROWS}

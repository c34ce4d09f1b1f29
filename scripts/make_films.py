"""Draws the short films of the demo: title cards, one after the other. Needs ffmpeg and Noto CJK.

For maintainers; the films are committed. Every word in them is invented and marked as a demo.
"""

# ruff: noqa: E501 - rows of text read better whole

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (640, 360)
SECONDS = 4
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
OUT = Path(__file__).parents[1] / "gongkai/demo/assets"
FILMS = {
    "legal-aid": ("法律援助怎样申请", "带上身份证明和经济状况证明", "到当地法律援助中心填表", "经审查符合条件的，指派律师"),
    "returns": ("网购退货那些事", "七日内可以无理由退货", "定作、鲜活易腐的除外", "保留订单和聊天记录"),
    "constitution": ("国家宪法日", "每年十二月四日", "宪法是国家的根本法", "人人学宪法、讲宪法"),
    "mediation": ("人民调解不收费", "邻里、婚姻、债务都可以申请", "到社区或司法所提出", "调解协议可以申请司法确认"),
    "will": ("怎样立一份有效的遗嘱", "本人自愿，神志清楚", "写明财产和继承人", "可以到公证处办理公证"),
    "lawyer": ("怎样核对律师身份", "看执业证和年度考核章", "在市司法局网站查询", "签订书面委托合同"),
    "fraud": ("防范电信诈骗", "不轻信陌生来电", "不透露验证码", "可疑情况拨打110"),
    "family": ("反家庭暴力", "家暴不是家务事", "可以申请人身安全保护令", "拨打12348咨询"),
}  # fmt: skip


def card(text: str, place: int, colour: tuple[int, int, int]) -> Image.Image:
    image = Image.new("RGB", SIZE, colour)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, SIZE[1] - 46, *SIZE), fill=(255, 255, 255))
    large = ImageFont.truetype(FONT, 40 if place == 0 else 32)
    small = ImageFont.truetype(FONT, 18)
    box = draw.textbbox((0, 0), text, font=large)
    left = (SIZE[0] - (box[2] - box[0])) // 2
    draw.text((left, 130), text, font=large, fill=(255, 255, 255))
    draw.text((18, SIZE[1] - 36), "示例普法网　演示视频，内容为虚构", font=small, fill=colour)
    return image


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    for number, (name, texts) in enumerate(FILMS.items()):
        colour = [(11, 79, 138), (150, 30, 40), (20, 100, 80), (90, 60, 130)][number % 4]
        with tempfile.TemporaryDirectory() as folder:
            for place, text in enumerate(texts):
                card(text, place, colour).save(Path(folder) / f"{place}.png")
            command = [
                "ffmpeg", "-y", "-loglevel", "error", "-framerate", f"1/{SECONDS}",
                "-i", f"{folder}/%d.png", "-r", "5", "-c:v", "libx264", "-crf", "32",
                "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-map_metadata", "-1",
                "-fflags", "+bitexact", str(OUT / f"{name}.mp4"),
            ]  # fmt: skip
            subprocess.run(command, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

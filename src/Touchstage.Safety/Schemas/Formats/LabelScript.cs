namespace Touchstage.Safety.Schemas.Formats;

/// <summary>The scripts that rules of context ask for; Japanese stands for Hiragana, Katakana and Han.</summary>
internal enum LabelScript
{
    Other,
    Greek,
    Hebrew,
    Japanese,
}

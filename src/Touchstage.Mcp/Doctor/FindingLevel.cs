namespace Touchstage.Mcp.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum FindingLevel
{
    /// <summary>Something does not work, or is not safe.</summary>
    Fail,

    /// <summary>Somebody should look at it.</summary>
    Warning,

    /// <summary>It is as it should be.</summary>
    Fine,
}

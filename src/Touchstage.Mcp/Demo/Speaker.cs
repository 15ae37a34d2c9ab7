namespace Touchstage.Mcp.Demo;

/// <summary>Whose line it is.</summary>
internal enum Speaker
{
    /// <summary>The AI agent: what it asks, and what it is told.</summary>
    Agent,

    /// <summary>Touchstage: what came of a call.</summary>
    Policy,

    /// <summary>A person who decides.</summary>
    Person,

    /// <summary>Somebody who calls the product past Touchstage.</summary>
    Outside,

    /// <summary>The product: what it really received.</summary>
    Api,

    /// <summary>The ledger.</summary>
    Ledger,
}

using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Touchstage.Safety.Storage;

/// <summary>Where the key ring lies.</summary>
internal interface IKeyRingPlace : IXmlRepository
{
    /// <summary>The place, for messages.</summary>
    string Name { get; }

    /// <summary>Makes the place if there is none, and makes sure that it can be written.</summary>
    void Prepare();

    /// <summary>Whether a key is there now.</summary>
    bool Has(Guid keyId);
}
